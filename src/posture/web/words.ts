import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Tone } from '../../web/ui/State.tsx'
import { reasonWords } from '../reason-words.ts'
import type { ControlState, RequirementState } from '../state.ts'
import { postureMessages } from './messages.ts'
import type { ReasonAnswer, Totals } from './shapes.ts'

/** As bars and lists show them: the worst first. Without what does not apply, which is no part of the whole. */
export const shownStates = ['failing', 'partial', 'not-assessed', 'met'] as const

export const requirementTones: Record<RequirementState, Tone> = {
  met: 'met',
  partial: 'partial',
  failing: 'failing',
  'not-assessed': 'unknown',
  'not-applicable': 'none',
}

export const controlTones: Record<ControlState, Tone> = {
  effective: 'met',
  failing: 'failing',
  'not-assessed': 'unknown',
  absent: 'none',
}

/** Counts in the order of a bar. */
export const sharesOf = (totals: Totals) => shownStates.map((key) => ({ key, count: totals[key] }))

/** Counts as one sentence: what a bar says to those who cannot see it. */
export function useCounts(): (totals: Totals) => string {
  const t = useWords(postureMessages)
  const format = useFormat()
  return (totals) => {
    const said = [...shownStates, 'not-applicable' as const]
      .filter((state) => totals[state] > 0)
      .map((state) => t.counted(t.states[state], format.number(totals[state])))
    if (totals.applicable === 0) return [t.noneApply, ...said].join('. ')
    return [t.ofApplicable(format.number(totals.applicable)), ...said].join(' · ')
  }
}

/** A reason in the reader's language, its days written out. */
export function useReasonText(): (reason: ReasonAnswer) => string {
  const format = useFormat()
  return (reason) => {
    const day = (value: string | null) => (value === null ? null : format.shortDay(value))
    const { on, from, until, dueBy } = reason.days
    return reasonWords[format.language][reason.code]({
      on: day(on),
      from: day(from),
      until: day(until),
      dueBy: day(dueBy),
      late: reason.late,
      said: reason.said === null ? null : format.text(reason.said),
      evidence: reason.evidence?.title ?? '—',
      check: format.text(reason.check?.name) || '—',
      asset: format.text(reason.asset?.name) || '—',
    })
  }
}
