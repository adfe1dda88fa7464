import { call } from '../../web/client.ts'
import { useChange, useRead } from '../../web/data.ts'
import { useMay } from '../../web/frame/me.ts'
import type { Onboarding } from '../onboarding.ts'
import type { Beginning, OnboardingAnswer } from './shapes.ts'

/** How far the beginning has come; asked only by who may know it. */
export function useBeginning() {
  const may = useMay()
  return useRead<OnboardingAnswer>('/api/onboarding', {}, may('onboarding.read'))
}

type Said = Partial<Pick<Onboarding, 'scopeEntityIds' | 'scopeServiceIds' | 'skipped'>> & {
  putAway?: boolean
}

/** Changes a part of what was said and leaves the rest as it was read. */
export function useSay({ version, scopeEntityIds, scopeServiceIds, skipped, putAwayOn }: Beginning) {
  const before = { scopeEntityIds, scopeServiceIds, skipped, putAway: putAwayOn !== null }
  return useChange((said: Said) =>
    call<Onboarding>('PUT', '/api/onboarding', { body: { ...before, ...said }, version }),
  )
}
