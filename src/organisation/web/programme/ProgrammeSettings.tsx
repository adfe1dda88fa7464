import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { call } from '../../../web/client.ts'
import { useMay, useMayNow } from '../../../web/frame/me.ts'
import { useTimes } from '../../../web/frame/times.ts'
import { useWords } from '../../../web/i18n/catalogue.ts'
import { useFormat } from '../../../web/i18n/format.ts'
import { Icon } from '../../../web/ui/icons.tsx'
import { Failure, Notice } from '../../../web/ui/Notice.tsx'
import { Section } from '../../../web/ui/Page.tsx'
import { ApplyProgramme } from './ApplyProgramme.tsx'
import { programmeMessages } from './messages.ts'
import css from './programme.module.css'

/** The organisation as a file: taken out, brought in, or everything at once for keeping. */
export function ProgrammeSettings() {
  const t = useWords(programmeMessages)
  const may = useMay()
  const mayNow = useMayNow()
  return (
    <>
      <p className="quiet">{t.lead}</p>
      {may('programme-file.read') ? <PresentProgramme /> : null}
      {mayNow('programme-file.apply') ? <ApplyProgramme /> : null}
      {mayNow('organisation.export') ? <ExportEverything /> : null}
    </>
  )
}

function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Not at once: some browsers begin to read it only after this task.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

function PresentProgramme() {
  const t = useWords(programmeMessages)
  const format = useFormat()
  const times = useTimes()
  const read = useMutation({
    mutationFn: () => call<{ programme: string }>('GET', '/api/programme', { query: times }),
    onSuccess: ({ programme }) =>
      save(times.asOf ? `programme-${times.asOf}.yaml` : 'programme.yaml', programme),
  })
  return (
    <Section title={t.present}>
      <div className={css.stack}>
        <p>
          {t.presentText} {times.asOf ? t.presentAsOf(format.day(times.asOf)) : null}
        </p>
        {read.error ? <Failure error={read.error} /> : null}
        <div>
          <Button
            variant="default"
            leftSection={<Icon name="download" />}
            loading={read.isPending}
            onClick={() => read.mutate()}
          >
            {t.download}
          </Button>
        </div>
      </div>
    </Section>
  )
}

function ExportEverything() {
  const t = useWords(programmeMessages)
  const list = (title: string, items: readonly string[]) => (
    <div>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  )
  return (
    <Section title={t.archive}>
      <div className={css.stack}>
        <p>{t.archiveText}</p>
        <div className={css.two}>
          {list(t.archiveIn, t.archiveInItems)}
          {list(t.archiveOut, t.archiveOutItems)}
        </div>
        <Notice tone="partial" calm>
          {t.archiveLogged}
        </Notice>
        <div>
          <Button
            component="a"
            href="/api/export"
            download
            variant="default"
            leftSection={<Icon name="download" />}
          >
            {t.archiveTake}
          </Button>
        </div>
      </div>
    </Section>
  )
}
