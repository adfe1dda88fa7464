import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { assetBalance, balanceReasons, groupedBalance } from './balance-queries.ts'
import {
  breaks,
  controlsPosture,
  effectiveness,
  overview,
  programmePosture,
  requirementPosture,
  trend,
} from './queries.ts'

export const postureRoutes: Route<Context>[] = [
  route('GET', '/api/balance', groupedBalance, 'The value of assets against their protection, by group'),
  route(
    'GET',
    '/api/balance/reasons',
    balanceReasons,
    'Why a group of assets stands as it does in one property',
  ),
  route('GET', '/api/assets/:id/balance', assetBalance, 'The value of one asset against its protection'),
  route('GET', '/api/posture', overview, 'Where every programme stands, at each entity and service'),
  route('GET', '/api/posture/breaks', breaks, 'What will break the next audit, most urgent first'),
  route('GET', '/api/posture/controls', controlsPosture, 'The state of every control at every unit'),
  route('GET', '/api/posture/controls/:id/effectiveness', effectiveness, 'How a control stood over a window'),
  route(
    'GET',
    '/api/posture/programmes/:id',
    programmePosture,
    'Every requirement of a programme with its state',
  ),
  route('GET', '/api/posture/programmes/:id/trend', trend, 'How a programme stood month by month'),
  route(
    'GET',
    '/api/posture/programmes/:id/requirements/:requirement',
    requirementPosture,
    'One requirement with all its reasons',
  ),
]
