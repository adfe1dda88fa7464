import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { programmeYaml } from './write.ts'

/** The organisation as a programme file, for keeping under version control and for applying elsewhere. */
export const getProgramme: Query<Context, Record<string, never>, { programme: string }> = {
  kind: 'query',
  noun: 'programme-file',
  action: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ programme: z.string() }),
  scope: () => 'organisation',
  run: async (ctx) => ({ programme: await programmeYaml(ctx) }),
}
