import type { HolderAnswer, Tracker } from './shapes.ts'

/** Where what satisfies a duty is looked at. */
export function holderLink(one: HolderAnswer, tracker: Tracker): string {
  if (one.named) return `/app/evidence/${one.named.evidenceId}`
  const places: Readonly<Record<Exclude<HolderAnswer['kind'], 'named'>, string>> = {
    'scope-statement': '/app/context?tab=scope',
    'risk-method': '/app/risks/method',
    soa: one.id ? `/app/soa/versions/${one.id}` : `/app/soa/${tracker.programmeId}`,
    'risk-treatment-plan': '/app/risks/treatment',
    objectives: '/app/objectives',
    'risk-assessments': '/app/risks',
    'risk-treatments': '/app/risks/treatment',
    readings: '/app/objectives',
    occurrences: '/app/controls',
  }
  return one.kind === 'named' ? '/app/evidence' : places[one.kind]
}
