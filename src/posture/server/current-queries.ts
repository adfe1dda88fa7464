import type { Context } from '../../db/context.ts'
import type { HeldPosture } from '../held.ts'
import { currentHeld } from './current.ts'
import { logSize as sizeOfLog } from './load.ts'

/** The posture that every screen reads: for later nouns, so that what they say agrees with it. */
export const currentPosture = (ctx: Context): Promise<HeldPosture> => currentHeld(ctx)

/** Entries of the organisation's log that this reading knows. */
export const logSize = (ctx: Context): Promise<number> => sizeOfLog(ctx)
