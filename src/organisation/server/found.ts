import type { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { organisation } from '../organisation.ts'

const foundInput = organisation.schema.omit({ id: true, version: true })

/**
 * Founds an organisation: its log and its first record. Run by the system as an actor of the organisation that is
 * about to be; the origin names the log for ever, so it must not depend on a host name that may change hands.
 */
export const foundOrganisation: Command<
  Context,
  z.output<typeof foundInput>,
  z.output<typeof organisation.schema>
> = {
  kind: 'command',
  noun: 'organisation',
  action: 'found',
  input: foundInput,
  output: organisation.schema,
  scope: () => 'organisation',
  async run(ctx, input) {
    const origin = `assay.log/${ctx.organisationId}`
    await ctx.tx
      .insertInto('logHead')
      .values({ organisationId: ctx.organisationId, origin, size: 0 })
      .execute()
    return save(ctx, organisation, 'organisation.founded', { ...input, id: ctx.organisationId, version: 0 })
  },
}
