import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useIsIsms } from '../../frameworks/web/isms.ts'
import { useProgrammeList } from '../../programmes/web/list.ts'
import { download } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import { useTimes } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { useLanguage } from '../../web/i18n/language.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import { Page, Section } from '../../web/ui/Page.tsx'
import { reportKinds } from '../report.ts'
import { reportMessages } from './messages.ts'
import css from './reports.module.css'

/** Every report there is, with what it answers and for whom; and the package that an auditor is given. */
export function ReportsPage() {
  const t = useWords(reportMessages)
  return (
    <Page title={t.title} lead={t.lead}>
      <ul className={css.list}>
        {reportKinds.map((kind) => (
          <li key={kind}>
            <Link to="/app/reports/$kind" params={{ kind }}>
              <Icon name="file" />
              <span>
                <b>{t.kinds[kind]}</b>
                <span className="quiet">{t.what[kind]}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <Section title={t.package}>
        <StageOne />
      </Section>
    </Page>
  )
}

/** The package of a programme, in the language and as of the day in view. */
function StageOne() {
  const t = useWords(reportMessages)
  const format = useFormat()
  const times = useTimes()
  const { language } = useLanguage()
  // A day of the past is as good a day for papers as today: only the log is written, and that says when.
  const make = useChange((id: string) =>
    download(
      `/api/programmes/${id}/stage-one?${new URLSearchParams(times)}`,
      { language },
      `stage-one-${language}.zip`,
    ),
  )
  const isIsms = useIsIsms()
  const programmes = useProgrammeList().filter(
    (one) => isIsms(one.edition) && (one.running || one.endedOn === null),
  )
  if (programmes.length === 0) return <p className="quiet">{t.noProgramme}</p>
  return (
    <>
      <p className={css.text}>
        {t.packageText} <code>assay verify</code>
      </p>
      <div className={css.packages}>
        {programmes.map((one) => (
          <Button
            key={one.id}
            variant="default"
            leftSection={<Icon name="download" />}
            loading={make.isPending}
            onClick={() => make.mutate(one.id)}
          >
            {format.text(one.name)}
          </Button>
        ))}
      </div>
      {make.error ? <Failure error={make.error} /> : null}
    </>
  )
}
