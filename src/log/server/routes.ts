import type { Context } from '../../db/context.ts'
import { type Route, route } from '../../kernel/route.ts'
import { erase, requestErasure } from './erase.ts'
import { getEntry, getStatus, listEntries, recordHistory } from './queries.ts'

export const logRoutes: Route<Context>[] = [
  route('GET', '/api/log', getStatus, 'How long the evidence log is and how much of it is sealed'),
  route('GET', '/api/log/entries', listEntries, 'The entries of the evidence log, the newest first'),
  route('GET', '/api/log/entries/:index', getEntry, 'One entry'),
  route(
    'GET',
    '/api/log/records/:noun/:id/history',
    recordHistory,
    'What happened to a record, with the changed fields',
  ),
  route('POST', '/api/log/erasures', requestErasure, 'Ask for what some entries say to be erased'),
  route('POST', '/api/log/erasures/:id/erase', erase, 'Carry out an erasure that someone else asked for'),
]
