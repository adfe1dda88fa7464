import { Button, CopyButton } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useReadNow } from '../../web/data.ts'
import { useMay } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { Facts } from '../../web/ui/Facts.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { Page, Section } from '../../web/ui/Page.tsx'
import { Integrity } from './Integrity.tsx'
import css from './log.module.css'
import { logMessages } from './messages.ts'
import type { EntryDetail } from './shapes.ts'
import { useTold } from './told.ts'
import { useWho } from './who.ts'

/** One entry: what it says, its leaf, and its proof. */
export function EntryPage() {
  const { index } = useParams({ strict: false }) as { index: string }
  const read = useReadNow<EntryDetail>(`/api/log/entries/${index}`)
  return <Loaded read={read}>{(entry) => <Detail entry={entry} />}</Loaded>
}

function Detail({ entry }: { entry: EntryDetail }) {
  const t = useWords(logMessages)
  const shell = useWords(shellMessages)
  const format = useFormat()
  const may = useMay()
  const told = useTold()
  const who = useWho()
  const file = `entry-${entry.index}.grcproof`
  const command = `npm run assay -- verify ${file}`
  return (
    <Page
      title={`${t.index} ${format.number(entry.index)}`}
      beside={<Integrity level={entry.level} words />}
      above={<Link to="/app/log">{t.title}</Link>}
    >
      <Facts
        facts={[
          { label: t.what, value: told(entry.type) },
          { label: t.who, value: who(entry) },
          { label: t.when, value: format.instant(entry.recordedAt) },
          { label: t.command, value: entry.command ? <code>{entry.command}</code> : '—' },
          { label: t.reason, value: entry.reason ?? '—' },
        ]}
      />
      {entry.actor === null ? <Notice tone="unknown">{t.erasedText}</Notice> : null}
      {may('log.prove') && entry.level > 0 ? (
        <Section title={t.proof}>
          <p className="quiet">{t.proofText}</p>
          <pre className={css.pre}>{command}</pre>
          <Button
            mt="sm"
            mr="sm"
            component="a"
            href={`/api/log/entries/${entry.index}/bundle`}
            download={file}
            variant="default"
            leftSection={<Icon name="download" />}
          >
            {t.proofDownload}
          </Button>
          <CopyButton value={command}>
            {({ copied, copy }) => (
              <Button mt="sm" variant="subtle" color="gray" onClick={copy}>
                {copied ? shell.form.copied : t.copyCommand}
              </Button>
            )}
          </CopyButton>
        </Section>
      ) : null}
      <Section title={t.leaf}>
        <pre className={css.pre}>{entry.leaf}</pre>
      </Section>
      {entry.record ? (
        <Section title={t.content}>
          <pre className={css.pre}>{JSON.stringify(entry.record, null, 2)}</pre>
        </Section>
      ) : null}
    </Page>
  )
}
