import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command, Query } from '../../kernel/command.ts'
import { organisation } from '../../organisation/organisation.ts'
import { theOrganisation } from '../../organisation/server/queries.ts'

/** Asks only whether the actor may: before an archive is made, which costs a reading of everything. */
export const mayExport: Query<Context, Record<string, never>, void> = {
  kind: 'query',
  noun: 'organisation',
  action: 'export',
  input: z.strictObject({}),
  output: z.void(),
  scope: () => 'organisation',
  run: async () => undefined,
}

const exportInput = z.strictObject({ size: z.int().min(1), manifest: z.string().regex(/^[0-9a-f]{64}$/) })

/**
 * Says in the log that everything left the house: who took it, how far the log reached and the SHA-256 of the
 * manifest. Appended before the first byte is sent, so that a broken download is recorded too.
 */
export const exportOrganisation: Command<Context, z.output<typeof exportInput>, void> = {
  kind: 'command',
  noun: 'organisation',
  action: 'export',
  input: exportInput,
  output: z.void(),
  scope: () => 'organisation',
  async run(ctx, { size, manifest }) {
    const reason = `Archive of ${size} entries; SHA-256 of its manifest: ${manifest}`
    const { id, version, name, timeZone, host, demoDay } = await theOrganisation(ctx)
    const unchanged = { id, version, name, timeZone, host, demoDay }
    await save(ctx, organisation, 'organisation.exported', unchanged, reason)
  },
}
