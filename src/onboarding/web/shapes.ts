import type { Onboarding } from '../onboarding.ts'
import type { Counts, Step } from '../step.ts'

/** The answer of GET /api/onboarding. */
export type OnboardingAnswer = Onboarding & {
  /** Null for who does not manage the whole organisation. */
  progress: { counts: Counts; steps: Step[]; complete: boolean } | null
  abilities: string[]
}

/** An answer with something in it. */
export type Beginning = OnboardingAnswer & { progress: NonNullable<OnboardingAnswer['progress']> }
