import { Button, SegmentedControl, Select } from '@mantine/core'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useIsIsms } from '../../frameworks/web/isms.ts'
import type { Language } from '../../kernel/language.ts'
import { useProgrammeList } from '../../programmes/web/list.ts'
import { useRead } from '../../web/data.ts'
import { useTimes } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { useLanguage } from '../../web/i18n/language.tsx'
import { Facts } from '../../web/ui/Facts.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Page } from '../../web/ui/Page.tsx'
import { type Report, type ReportKind, tablesOf } from '../report.ts'
import { BlockView } from './BlockView.tsx'
import { reportMessages } from './messages.ts'
import css from './reports.module.css'

type Search = { programme?: string; version?: string; in?: Language }

// What is about one programme, and has nothing to say without it.
const ofProgramme: ReadonlySet<ReportKind> = new Set<ReportKind>([
  'statement-of-applicability',
  'scope-and-context',
  'documented-information',
])

/** One report as its readers see it: the same blocks that the PDF and the spreadsheet are made from. */
export function ReportPage() {
  const { kind } = useParams({ strict: false }) as { kind: ReportKind }
  const t = useWords(reportMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const times = useTimes()
  const { language: own } = useLanguage()
  const search: Search = useSearch({ strict: false })
  const language = search.in ?? own
  const isIsms = useIsIsms()
  // The one that is run now comes first: reports of it are what is asked for most.
  const programmes = useProgrammeList()
    .filter((one) => isIsms(one.edition))
    .toSorted((a, b) => Number(b.running) - Number(a.running) || b.edition.localeCompare(a.edition))
  const needs = ofProgramme.has(kind)
  const programme = needs ? (search.programme ?? programmes[0]?.id) : undefined
  const query = {
    language,
    ...(programme ? { programme } : {}),
    ...(needs && search.version ? { version: search.version } : {}),
  }
  const read = useRead<{ report: Report; digest: string }>(
    `/api/reports/${kind}`,
    query,
    !needs || programme !== undefined,
  )
  const narrow = (next: Search) =>
    navigate({ to: '.', replace: true, search: (before: object) => ({ ...before, ...next }) })
  const file = (format: string, more: Record<string, string> = {}) =>
    `/api/reports/${kind}/${format}?${new URLSearchParams({ ...query, ...times, ...more })}`
  return (
    <Page
      wide
      title={t.kinds[kind]}
      lead={t.what[kind]}
      above={<Link to="/app/reports">{t.title}</Link>}
      actions={
        <>
          <SegmentedControl
            aria-label={t.language}
            value={language}
            data={(['en', 'ja'] as const).map((value) => ({ value, label: t.languages[value] }))}
            onChange={(next) => narrow({ in: next as Language })}
          />
          <Button variant="default" component="a" href={file('xlsx')} download>
            {t.xlsx}
          </Button>
          <Button component="a" href={file('pdf')} download leftSection={<Icon name="download" />}>
            {t.pdf}
          </Button>
        </>
      }
    >
      {needs && programmes.length > 1 ? (
        <Select
          aria-label={t.programme}
          w={360}
          mb="md"
          data={programmes.map((one) => ({ value: one.id, label: format.text(one.name) }))}
          value={programme ?? null}
          onChange={(next) => next && narrow({ programme: next })}
        />
      ) : null}
      {needs && programme === undefined ? (
        <p className="quiet">{t.noProgramme}</p>
      ) : (
        <Loaded read={read}>
          {({ report, digest }) => (
            <article className={css.report} lang={report.language}>
              <Facts
                facts={[
                  { label: t.organisation, value: report.organisation },
                  { label: t.asOf, value: format.day(report.asOf) },
                  { label: t.version, value: report.version ?? t.noVersion },
                  { label: t.integrity, value: t.levels[report.integrity] ?? report.integrity },
                ]}
              />
              <p className={css.subject}>{report.subject}</p>
              {report.blocks.map((block, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a report have an order and nothing else
                <BlockView key={index} block={block} />
              ))}
              <footer className={css.foot}>
                <p>
                  {tablesOf(report).map((table) => (
                    <a key={table.key} href={file('csv', { table: table.key })} download>
                      {t.csvOf(table.title || table.key)}
                    </a>
                  ))}
                </p>
                <p title={t.digestHint}>
                  {t.digest} <code>{digest}</code>
                </p>
              </footer>
            </article>
          )}
        </Loaded>
      )}
    </Page>
  )
}
