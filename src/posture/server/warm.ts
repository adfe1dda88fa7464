import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { currentHeld } from './current.ts'

/** Makes the posture ready before somebody asks about it; answers the entries of the log that it knows. */
export const warmPosture: Query<Context, Record<string, never>, { logSize: number }> = {
  kind: 'query',
  noun: 'posture',
  action: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ logSize: z.int() }),
  scope: () => 'organisation',
  run: async (ctx) => ({ logSize: (await currentHeld(ctx)).size }),
}
