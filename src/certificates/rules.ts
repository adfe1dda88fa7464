import type { Catalogue } from '../frameworks/catalogue.ts'
import type { Scheme } from '../frameworks/scheme.ts'
import { acceptsInitialAudit } from '../frameworks/status.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { type Interval, isOrdered, overlaps } from '../kernel/interval.ts'
import { type Certificate, termsInOrder } from './certificate.ts'
import { lastDayOf } from './cycle.ts'
import { type Term, termProblems, termStart } from './term.ts'

/** What a certificate is checked against besides itself. */
export type Surroundings = {
  catalogue: Catalogue
  entities: Pick<ReadonlySet<Id>, 'has'>
  services: Pick<ReadonlySet<Id>, 'has'>
  /** The certificates that may be named as predecessors, with what those follow in turn. */
  certificates: Pick<ReadonlyMap<Id, Pick<Certificate, 'scheme' | 'predecessors'>>, 'get'>
}

/** What the scheme demands of a term: its editions, the form of its report, a national standard that really is identical. */
function schemeProblems(term: Term, scheme: Scheme, catalogue: Catalogue, at: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  const edition = term.edition === null ? undefined : catalogue.editions.get(term.edition)
  if (term.edition !== null && !scheme.editions.includes(term.edition)) {
    problems.push(
      fieldProblem(`${at}/edition`, 'certificate.edition_not_of_scheme', {
        edition: term.edition,
        scheme: scheme.key,
      }),
    )
  }
  if (
    edition &&
    term.basis === 'initial' &&
    term.decisionDate &&
    !acceptsInitialAudit(edition.framework, term.decisionDate)
  ) {
    problems.push(
      fieldProblem(`${at}/edition`, 'certificate.edition_closed', {
        edition: edition.framework.name.en,
        day: term.decisionDate,
        source: edition.framework.lifecycle.transition?.source ?? '',
      }),
    )
  }
  const equivalents = edition?.framework.localEquivalents.map((one) => one.id) ?? []
  if (term.localEquivalent !== null && !equivalents.includes(term.localEquivalent)) {
    problems.push(
      fieldProblem(`${at}/localEquivalent`, 'certificate.equivalent_unknown', {
        known: equivalents.join(', ') || '-',
      }),
    )
  }
  if (scheme.validityFrom === 'period-end' && term.report === null)
    problems.push(fieldProblem(`${at}/report`, 'certificate.report_missing'))
  const assessed = scheme.editions.some((key) => catalogue.editions.get(key)?.framework.family === 'pci-dss')
  if (assessed && term.pci === null) problems.push(fieldProblem(`${at}/pci`, 'certificate.pci_missing'))
  return term.report ? [...problems, ...reportFormProblems(term, scheme, catalogue, at)] : problems
}

/** SOC 3 is a general-use report and knows no type 1; SOC 2 is restricted to those who know the system (AICPA SOC 2 guide). */
function reportFormProblems(term: Term, scheme: Scheme, catalogue: Catalogue, at: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  const { report } = term
  if (!report) return problems
  const general = scheme.form === 'general-use-report'
  if (general && report.type === 1) problems.push(fieldProblem(`${at}/report/type`, 'report.soc3_type_1'))
  if (general && report.use !== 'general')
    problems.push(fieldProblem(`${at}/report/use`, 'report.must_be_general'))
  if (!general && scheme.use.distribution === 'nda' && report.use === 'general') {
    problems.push(fieldProblem(`${at}/report/use`, 'report.must_be_restricted'))
  }
  const known = (term.edition ? catalogue.editions.get(term.edition) : undefined)?.framework.categories.map(
    (one) => one.key,
  )
  for (const [index, category] of report.categories.entries()) {
    if (known && !known.includes(category)) {
      problems.push(
        fieldProblem(`${at}/report/categories/${index}`, 'report.category_unknown', {
          category,
          known: known.join(', '),
        }),
      )
    }
  }
  return problems
}

/** Parts with days: each in order, and the same thing not twice at once. */
function partProblems<P extends Interval>(
  parts: readonly P[],
  name: string,
  thing: (part: P) => string,
): FieldProblem[] {
  return parts.flatMap((part, index) => [
    ...(isOrdered(part)
      ? []
      : [
          fieldProblem(`/${name}/${index}/to`, 'interval.end_before_start', {
            from: part.from ?? '',
            to: part.to ?? '',
          }),
        ]),
    ...(parts.slice(0, index).some((other) => thing(other) === thing(part) && overlaps(other, part))
      ? [fieldProblem(`/${name}/${index}`, 'certificate.part_twice')]
      : []),
  ])
}

function termOrderProblems(one: Certificate, scheme: Scheme): FieldProblem[] {
  const starts = new Map<string, string>()
  return termsInOrder(one).flatMap((term) => {
    const start = termStart(term) ?? ''
    const at = `/terms/${one.terms.indexOf(term)}`
    const twin = starts.get(start)
    starts.set(start, term.id)
    const end = lastDayOf(term, scheme)
    return [
      ...(twin ? [fieldProblem(at, 'certificate.term_starts_twice', { day: start })] : []),
      ...(one.initialDate && start !== '' && start < one.initialDate
        ? [fieldProblem(at, 'certificate.term_before_initial', { from: one.initialDate, to: start })]
        : []),
      ...(end && scheme.validityMonths && scheme.validityFrom === 'decision' && tooLong(term, scheme)
        ? [
            fieldProblem(`${at}/expiryDate`, 'certificate.term_too_long', {
              months: scheme.validityMonths,
              source: scheme.sources.validityMonths ?? '',
            }),
          ]
        : []),
    ]
  })
}

/** True when the chain of predecessors from `start` comes to `target`. */
function leadsTo(target: Id, start: Id, known: Surroundings['certificates']): boolean {
  const seen = new Set<Id>()
  const open = [start]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === target) return true
    if (seen.has(at)) continue
    seen.add(at)
    open.push(...(known.get(at)?.predecessors ?? []))
  }
  return false
}

function predecessorProblems(one: Certificate, known: Surroundings['certificates']): FieldProblem[] {
  return one.predecessors.flatMap((id, index) => {
    const at = `/predecessors/${index}`
    const found = known.get(id)
    if (leadsTo(one.id, id, known)) return [fieldProblem(at, 'certificate.predecessor_circle')]
    if (!found) return [fieldProblem(at, 'record.reference_unknown')]
    if (found.scheme !== one.scheme)
      return [fieldProblem(at, 'certificate.predecessor_scheme', { scheme: found.scheme })]
    return one.predecessors.indexOf(id) === index ? [] : [fieldProblem(at, 'certificate.part_twice')]
  })
}

// A recertified cycle may keep the old anniversary (ISO/IEC 17021-1 9.6.3): a few months beyond are allowed.
const anniversaryMonths = 4

function tooLong(term: Term, scheme: Scheme): boolean {
  const start = term.decisionDate ?? termStart(term)
  if (!start || !term.expiryDate || scheme.validityMonths === null) return false
  const months =
    (Number(term.expiryDate.slice(0, 4)) - Number(start.slice(0, 4))) * 12 +
    Number(term.expiryDate.slice(5, 7)) -
    Number(start.slice(5, 7))
  return months > scheme.validityMonths + anniversaryMonths
}

/** Surveillance belongs inside a cycle, and nothing happens before there is an audit to speak of. */
function eventProblems(one: Certificate, scheme: Scheme): FieldProblem[] {
  const terms = termsInOrder(one)
  return one.events.flatMap((event, index) => {
    const at = `/events/${index}/on`
    const inside = terms.some(
      (term) =>
        event.on >= (termStart(term) ?? '9999') && event.on <= (lastDayOf(term, scheme) ?? '9999-12-31'),
    )
    const needsCycle = /^surveillance|^suspension|^reinstatement|^scope-|^scan$/.test(event.kind)
    if (needsCycle && !inside)
      return [
        fieldProblem(at, 'certificate.event_outside_cycle', { day: event.on, source: 'ISO/IEC 17021-1 9.6' }),
      ]
    if (
      event.kind === 'reinstatement' &&
      !one.events.some((other) => other.kind === 'suspension' && other.on <= event.on)
    ) {
      return [fieldProblem(at, 'certificate.not_suspended', { day: event.on })]
    }
    return []
  })
}

/** Every problem of a certificate among its surroundings; none when it may be saved. */
export function certificateProblems(
  one: Certificate,
  { catalogue, entities, services, certificates }: Surroundings,
): FieldProblem[] {
  const scheme = catalogue.schemes.get(one.scheme)
  if (!scheme) return [fieldProblem('/scheme', 'certificate.scheme_unknown', { scheme: one.scheme })]
  return [
    ...(one.kind === scheme.kind
      ? []
      : [fieldProblem('/kind', 'certificate.kind_not_of_scheme', { kind: scheme.kind })]),
    ...one.holders.flatMap((holder, index) =>
      entities.has(holder.entityId)
        ? []
        : [fieldProblem(`/holders/${index}/entityId`, 'record.reference_unknown')],
    ),
    ...one.services.flatMap((part, index) =>
      services.has(part.serviceId)
        ? []
        : [fieldProblem(`/services/${index}/serviceId`, 'record.reference_unknown')],
    ),
    ...predecessorProblems(one, certificates),
    ...partProblems(one.holders, 'holders', (part) => part.entityId),
    ...partProblems(one.services, 'services', (part) => part.serviceId),
    ...partProblems(one.scopes, 'scopes', () => 'scope'),
    ...one.terms.flatMap((term, index) => [
      ...termProblems(term, `/terms/${index}`),
      ...schemeProblems(term, scheme, catalogue, `/terms/${index}`),
    ]),
    ...termOrderProblems(one, scheme),
    ...eventProblems(one, scheme),
  ]
}
