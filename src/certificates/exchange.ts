import type { Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import type { Interval } from '../kernel/interval.ts'
import type { LocalText } from '../kernel/language.ts'
import type { Certificate } from './certificate.ts'
import type { Term } from './term.ts'

/**
 * A certificate as one row of a spreadsheet, and back without loss. The newest term has a column per field, so that
 * people can read and edit it; what rarely changes by hand (earlier terms, events, several scopes) is JSON in a cell.
 */
export const plainColumns = [
  'key',
  'kind',
  'scheme',
  'number',
  'initialDate',
  'verificationUrl',
  'verificationCheckedOn',
] as const

export const termColumns = [
  'term.id',
  'term.basis',
  'term.edition',
  'term.standard',
  'term.localEquivalent',
  'term.issuer.name.en',
  'term.issuer.name.ja',
  'term.issuer.accreditation.en',
  'term.issuer.accreditation.ja',
  'term.decisionDate',
  'term.issueDate',
  'term.effectiveDate',
  'term.expiryDate',
  'term.soaVersion',
  'term.soaDate',
  'term.report.type',
  'term.report.asOfDate',
  'term.report.periodFrom',
  'term.report.periodTo',
  'term.report.categories',
  'term.report.opinion',
  'term.report.qualification.en',
  'term.report.qualification.ja',
  'term.report.use',
  'term.report.countMode',
  'term.pci.level',
  'term.pci.role',
  'term.pci.assessor.en',
  'term.pci.assessor.ja',
  'term.pci.rocDate',
  'term.pci.aocDate',
  'term.pci.result',
  'term.pci.coverage',
] as const

export const exchangeColumns = [
  ...plainColumns,
  'predecessors',
  'holders',
  'services',
  'scope.en',
  'scope.ja',
  ...termColumns,
  'scopes',
  'earlierTerms',
  'events',
] as const

export type ExchangeColumn = (typeof exchangeColumns)[number]

/** How a row refers to other records: by key to people, by id to the record. */
export type Names = {
  entities: ReadonlyMap<Id, string>
  services: ReadonlyMap<Id, string>
  certificates: ReadonlyMap<Id, string>
}

export const listSeparator = '; '

/** `fukuoka`, or with its days `fukuoka 2013-11-01..2020-03-31`; an open end is left out. */
const part = (name: string, { from, to }: Interval): string =>
  from === null && to === null ? name : `${name} ${from ?? ''}..${to ?? ''}`

const named = (names: ReadonlyMap<Id, string>, id: Id) => names.get(id) ?? id

const leaf = (value: Day | string | number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value)

function local(column: string, text: LocalText | null | undefined): [string, string][] {
  return [
    [`${column}.en`, text?.en ?? ''],
    [`${column}.ja`, text?.ja ?? ''],
  ]
}

function termCells({ issuer, report, pci, ...term }: Term): [string, string][] {
  return [
    ...Object.entries(term).map(([name, value]): [string, string] => [`term.${name}`, leaf(value)]),
    ...local('term.issuer.name', issuer.name),
    ...local('term.issuer.accreditation', issuer.accreditation),
    ...Object.entries({ ...report, qualification: null }).map(([name, value]): [string, string] => [
      `term.report.${name}`,
      Array.isArray(value) ? value.join(listSeparator) : leaf(value),
    ]),
    ...local('term.report.qualification', report?.qualification),
    ...Object.entries({ ...pci, assessor: null }).map(([name, value]): [string, string] => [
      `term.pci.${name}`,
      leaf(value),
    ]),
    ...local('term.pci.assessor', pci?.assessor),
  ]
}

const json = (list: readonly unknown[]): string => (list.length === 0 ? '' : JSON.stringify(list))

/** The cells of a certificate by column; a column without a value has the empty text. */
export function cellsOf(one: Certificate, names: Names): ReadonlyMap<ExchangeColumn, string> {
  const newest = one.terms.at(-1)
  const [scope] = one.scopes
  const single = one.scopes.length === 1 && scope?.from === null && scope.to === null
  const found = new Map<string, string>([
    ...plainColumns.map((column): [string, string] => [column, leaf(one[column])]),
    ['predecessors', one.predecessors.map((id) => named(names.certificates, id)).join(listSeparator)],
    [
      'holders',
      one.holders.map((holder) => part(named(names.entities, holder.entityId), holder)).join(listSeparator),
    ],
    [
      'services',
      one.services.map((entry) => part(named(names.services, entry.serviceId), entry)).join(listSeparator),
    ],
    ...local('scope', single ? scope?.text : null),
    ['scopes', single ? '' : json(one.scopes)],
    ...(newest ? termCells(newest) : []),
    ['earlierTerms', json(one.terms.slice(0, -1))],
    ['events', json(one.events)],
  ])
  return new Map(exchangeColumns.map((column) => [column, found.get(column) ?? '']))
}
