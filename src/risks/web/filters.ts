import { usePersonFilter } from '../../people/web/usePersonFilter.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Filter } from '../../web/table/column.ts'
import type { RiskMethod } from '../method.ts'
import { valueKinds } from '../rating.ts'
import { treatmentOptions } from '../risk.ts'
import { riskStates } from '../state.ts'
import { riskMessages } from './messages.ts'
import type { RiskAnswer } from './shapes.ts'

type Choice = { value: string; label: string }

type Known = { method: RiskMethod | null; entities: readonly Choice[]; owner: string | undefined }

const keys = [
  'entity',
  'band',
  'state',
  'owner',
  'treatment',
  'overdue',
  'outdated',
  'handover',
  'closed',
  'which',
  'likelihood',
  'consequence',
  'asset',
  'control',
  'obligation',
  'method',
] as const

/** Filters that an address brings along, such as a cell of the map or the page of an asset. */
export function filtersIn(search: object): Record<string, string> {
  const given = search as Record<string, unknown>
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = given[key]
      return typeof value === 'string' || typeof value === 'number' ? [[key, String(value)]] : []
    }),
  )
}

/** What the register can be narrowed to, as chips. */
export function useRiskFilters(
  { method, entities, owner }: Known,
  named: Readonly<Record<'asset' | 'control' | 'obligation' | 'method', string | null>>,
): Filter<RiskAnswer>[] {
  const t = useWords(riskMessages)
  const format = useFormat()
  const yes = [{ value: 'yes', label: t.yes }]
  const person = usePersonFilter<RiskAnswer>({ key: 'owner', label: t.owner, value: owner })
  const levels = (list: RiskMethod['likelihood']) =>
    list.map((level, index) => ({ value: String(index), label: `${index + 1} ${format.text(level.name)}` }))
  // A record that the address names is a chip that can be taken away, and is not offered where none is named.
  const one = (key: keyof typeof named, label: string): Filter<RiskAnswer>[] => {
    const value = named[key]
    return value === null ? [] : [{ key, label, options: [{ value, label: '✓' }] }]
  }
  return [
    { key: 'entity', label: t.entity, options: entities },
    {
      key: 'band',
      label: t.band,
      options: (method?.bands ?? []).map((band) => ({ value: band.key, label: format.text(band.name) })),
    },
    {
      key: 'which',
      label: t.which,
      options: valueKinds.map((kind) => ({ value: kind, label: t.levelOf[kind] })),
    },
    {
      key: 'state',
      label: t.state,
      options: riskStates.map((state) => ({ value: state, label: t.states[state] })),
    },
    person,
    {
      key: 'treatment',
      label: t.treatment,
      options: [
        ...treatmentOptions.map((option) => ({ value: option, label: t.options[option] })),
        { value: 'none', label: t.noTreatment },
      ],
    },
    { key: 'likelihood', label: t.likelihood, options: levels(method?.likelihood ?? []) },
    { key: 'consequence', label: t.consequence, options: levels(method?.consequence ?? []) },
    { key: 'overdue', label: t.overdue, options: yes },
    { key: 'outdated', label: t.outdated, options: yes },
    { key: 'handover', label: t.handover, options: yes },
    { key: 'closed', label: t.states.closed, options: [{ value: 'yes', label: t.showClosed }] },
    ...one('asset', t.assets),
    ...one('control', t.controls),
    ...one('obligation', t.obligations),
    ...one('method', t.pages.method),
  ]
}
