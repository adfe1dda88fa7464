import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { updateOnboarding } from './commands.ts'
import { getOnboarding } from './queries.ts'

export const onboardingRoutes: Route<Context>[] = [
  route('GET', '/api/onboarding', getOnboarding, 'How far the first steps have come'),
  route('PUT', '/api/onboarding', updateOnboarding, 'Say what the beginning is about, and what is skipped'),
]
