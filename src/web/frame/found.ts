import { useDebouncedValue } from '@mantine/hooks'
import type { LocalText } from '../../kernel/language.ts'
import { reportKinds } from '../../reports/report.ts'
import { reportMessages } from '../../reports/web/messages.ts'
import { useRead } from '../data.ts'
import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { shellMessages } from '../i18n/messages.ts'
import type { IconName } from '../ui/icons.tsx'
import { useMay } from './me.ts'

/** A record that the search offers. What it is found by besides its label stands in `words`. */
export type Found = { id: string; label: string; words: string[]; to: string; search?: object }
export type FoundGroup = { group: string; icon: IconName; items: Found[] }

type Row = { id: string; name: LocalText; key?: string; code?: string }
type Statements = {
  items: {
    programmeId: string
    programmeName: LocalText
    numbers: { id: string; number: number; state: 'draft' | 'approved' | 'superseded' | 'withdrawn' }[]
  }[]
}

// Registers may hold any number of records: a few of each are asked for, by what is typed.
const mostOfEach = 6

/** A few records of one register that match a text; nothing is asked without one. */
function useRegister(path: string, permission: string, text: string, more: Record<string, string> = {}) {
  const may = useMay()
  return useRead<{ items: Row[] }>(path, { text, limit: mostOfEach, ...more }, text !== '' && may(permission))
}

/** Records of the registers that match what is typed, found by the server once the typing pauses; until then `waiting`. */
export function useFoundRecords(query: string): { waiting: boolean; groups: FoundGroup[] } {
  const t = useWords(shellMessages)
  const format = useFormat()
  const [text] = useDebouncedValue(query.trim(), 150)
  const found = (
    { data }: ReturnType<typeof useRegister>,
    to: (row: Row) => Pick<Found, 'to' | 'search'>,
  ): Found[] =>
    (data?.items ?? []).map((row) => ({
      id: row.id,
      label: [row.code, format.text(row.name)].filter(Boolean).join(' '),
      // The server looks into more than a name: what it found by a text is found by that text here too.
      words: [row.name.en ?? '', row.name.ja ?? '', row.key ?? '', row.code ?? '', text],
      ...to(row),
    }))
  const assets = useRegister('/api/assets', 'asset.read', text)
  const risks = useRegister('/api/risks', 'risk.read', text, { sort: 'code' })
  const controls = useRegister('/api/controls', 'control.read', text)
  const obligations = useRegister('/api/obligations', 'obligation.read', text)
  const groups: FoundGroup[] = [
    {
      group: t.search.risks,
      icon: 'risk',
      items: found(risks, ({ id }) => ({ to: `/app/risks/${id}` })),
    },
    {
      group: t.search.assets,
      icon: 'asset',
      items: found(assets, ({ id }) => ({ to: `/app/assets/${id}` })),
    },
    {
      group: t.search.controls,
      icon: 'control',
      items: found(controls, ({ id }) => ({ to: `/app/controls/${id}` })),
    },
    {
      group: t.search.obligations,
      icon: 'context',
      items: found(obligations, ({ id }) => ({
        to: '/app/context',
        search: { tab: 'obligations', open: id },
      })),
    },
  ]
  const reading = [assets, risks, controls, obligations].some((read) => read.isFetching)
  return { waiting: reading || text !== query.trim(), groups }
}

/** What there are few of, read once when the search is opened: objectives, statements by version, and reports. */
export function useFewRecords(): FoundGroup[] {
  const t = useWords(shellMessages)
  const reports = useWords(reportMessages)
  const format = useFormat()
  const may = useMay()
  const objectives = useRead<{ items: Row[] }>('/api/objectives', {}, may('objective.read')).data?.items ?? []
  const statements = useRead<Statements>('/api/statements', {}, may('soa.read')).data?.items ?? []
  return [
    {
      group: t.search.objectives,
      icon: 'objective',
      items: objectives.map((one) => ({
        id: one.id,
        label: format.text(one.name),
        words: [one.name.en ?? '', one.name.ja ?? '', one.key ?? ''],
        to: `/app/objectives/${one.id}`,
      })),
    },
    {
      group: t.nav.soa,
      icon: 'statement',
      items: statements.flatMap(({ programmeName, numbers }) =>
        numbers.toReversed().map(({ id, number, state }) => ({
          id,
          label: t.search.statement(
            format.text(programmeName),
            format.number(number),
            t.search.states[state],
          ),
          words: [t.nav.soa, 'SoA', programmeName.en ?? '', programmeName.ja ?? '', `v${number}`],
          to: `/app/soa/versions/${id}`,
        })),
      ),
    },
    {
      group: t.nav.reports,
      icon: 'file',
      items: may('report.read')
        ? reportKinds.map((kind) => ({
            id: kind,
            label: reports.kinds[kind],
            words: [
              t.nav.reports,
              reportMessages.en.kinds[kind],
              reportMessages.ja.kinds[kind],
              reports.what[kind],
            ],
            to: `/app/reports/${kind}`,
          }))
        : [],
    },
  ]
}
