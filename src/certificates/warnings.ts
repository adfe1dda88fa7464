import type { Catalogue } from '../frameworks/catalogue.ts'
import { editionStatus } from '../frameworks/status.ts'
import { addDays, addMonths, type Day } from '../kernel/day.ts'
import type { ProblemParams } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import { type Certificate, denialOn, holdersOn, termOn } from './certificate.ts'
import { isBridged, lastDayOf, stateOn, stepsOf } from './cycle.ts'
import { newestEvent } from './event.ts'

/** Something that will go wrong, or has. `due` orders the list; `source` is whose rule it is. */
export type Warning = {
  code: string
  severity: 'high' | 'medium' | 'low'
  due: Day | null
  params: ProblemParams
  source: string | null
}

const warning = (
  code: string,
  severity: Warning['severity'],
  due: Day | null,
  params: ProblemParams = {},
  source: string | null = null,
): Warning => ({
  code,
  severity,
  due,
  params,
  source,
})

// Nobody's rule: how long a look at the issuer's own register stays convincing.
const verificationMonths = 12
const transitionNoticeMonths = 12

type Subject = {
  one: Certificate
  catalogue: Catalogue
  day: Day
  members: ReadonlySet<Id>
  succeededOn: Day | null
}

/** A result that cannot be claimed, or only with what it excepts. */
function opinionWarnings({ one, day }: Subject): Warning[] {
  const denial = denialOn(one, day)
  if (denial) return [warning(`warning.result_${denial.replace('-', '_')}`, 'high', null)]
  const report = termOn(one, day)?.report
  if (report?.opinion !== 'qualified') return []
  return [
    report.qualification
      ? warning('warning.opinion_qualified', 'low', null)
      : warning('warning.qualification_missing', 'high', null),
  ]
}

function editionWarnings({ one, catalogue, day }: Subject): Warning[] {
  const key = termOn(one, day)?.edition
  const edition = key ? catalogue.editions.get(key) : undefined
  if (!edition) return []
  const { framework } = edition
  const successor = framework.lifecycle.supersededBy
    ? catalogue.editions.get(framework.lifecycle.supersededBy)?.framework
    : undefined
  const status = editionStatus(framework, successor, day)
  const { transition } = framework.lifecycle
  const params = { edition: framework.name.en, successor: successor?.name.en ?? '' }
  if (status === 'withdrawn')
    return [
      warning(
        'warning.edition_withdrawn',
        'high',
        transition?.deadline ?? framework.lifecycle.withdrawn,
        params,
        transition?.source ?? null,
      ),
    ]
  if (status === 'transitional' && transition) {
    const near = day >= addMonths(transition.deadline, -transitionNoticeMonths)
    return [
      warning(
        'warning.edition_in_transition',
        near ? 'high' : 'low',
        transition.deadline,
        { ...params, deadline: transition.deadline },
        transition.source,
      ),
    ]
  }
  return status === 'superseded' ? [warning('warning.edition_superseded', 'low', null, params)] : []
}

function cycleWarnings({ one, catalogue, day, succeededOn }: Subject): Warning[] {
  const scheme = catalogue.schemes.get(one.scheme)
  const term = termOn(one, day)
  if (!scheme || !term) return []
  const state = stateOn(one, scheme, day, succeededOn)
  const found: Warning[] = []
  const end = lastDayOf(term, scheme, isBridged(one, term, day))
  if (state === 'active' || state === 'suspended') {
    for (const step of stepsOf(one, term, scheme, day)) {
      if (step.doneOn === null && step.latest !== null && step.latest < day) {
        found.push(
          warning(
            'warning.step_overdue',
            'high',
            step.latest,
            { step: step.key, latest: step.latest },
            step.source,
          ),
        )
      }
    }
    if (end && scheme.cycle.leadTimeDays !== null && day >= addDays(end, -scheme.cycle.leadTimeDays)) {
      const code = scheme.reportUse ? 'warning.report_ageing' : 'warning.expires_soon'
      found.push(warning(code, 'medium', end, { day: end }, scheme.sources['cycle.leadTimeDays'] ?? null))
    }
  }
  const suspended = state === 'suspended' ? newestEvent(one.events, day, 'suspension') : undefined
  if (
    suspended &&
    scheme.cycle.suspensionMaxMonths !== null &&
    day > addMonths(suspended.on, scheme.cycle.suspensionMaxMonths)
  ) {
    found.push(
      warning(
        'warning.suspended_too_long',
        'high',
        addMonths(suspended.on, scheme.cycle.suspensionMaxMonths),
        { day: suspended.on },
        scheme.sources['cycle.suspensionMaxMonths'] ?? null,
      ),
    )
  }
  if (state === 'lapsed-restorable' && end && scheme.cycle.restorableMonths !== null) {
    const last = addMonths(end, scheme.cycle.restorableMonths)
    found.push(
      warning(
        'warning.lapsed',
        'high',
        last,
        { day: end, last },
        scheme.sources['cycle.restorableMonths'] ?? null,
      ),
    )
  }
  if (state === 'expired')
    found.push(
      warning(scheme.reportUse ? 'warning.report_too_old' : 'warning.expired', 'high', end, {
        day: end ?? '',
      }),
    )
  return found
}

/** What a manager should know about a certificate on a day, the most pressing first. */
export function warningsOn(
  one: Certificate,
  catalogue: Catalogue,
  day: Day,
  members: ReadonlySet<Id>,
  succeededOn: Day | null = null,
): Warning[] {
  const subject: Subject = { one, catalogue, day, members, succeededOn }
  // Its successor carries on what there is to do.
  if (succeededOn !== null && succeededOn <= day) return []
  const strangers = holdersOn(one, day).filter((holder) => !members.has(holder))
  const unchecked =
    one.verificationUrl !== null &&
    (one.verificationCheckedOn === null || day > addMonths(one.verificationCheckedOn, verificationMonths))
  const rank = { high: 0, medium: 1, low: 2 }
  return [
    ...cycleWarnings(subject),
    ...editionWarnings(subject),
    ...opinionWarnings(subject),
    ...(strangers.length > 0
      ? [warning('warning.holder_not_member', 'high', null, { count: strangers.length })]
      : []),
    ...(unchecked
      ? [warning('warning.verification_old', 'low', null, { day: one.verificationCheckedOn ?? '-' })]
      : []),
  ].sort((a, b) => rank[a.severity] - rank[b.severity] || ((a.due ?? '9999') < (b.due ?? '9999') ? -1 : 1))
}
