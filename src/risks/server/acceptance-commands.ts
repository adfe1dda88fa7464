import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { digestSchema } from '../../frameworks/adopted-edition.ts'
import type { Command } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { inLanguage } from '../../kernel/language.ts'
import { plainText } from '../../kernel/text.ts'
import { findPerson } from '../../people/server/queries.ts'
import { type RiskAcceptance, riskAcceptance } from '../acceptance.ts'
import type { Risk } from '../risk.ts'
import type { Standing } from '../standing.ts'
import { substanceDigest } from '../substance.ts'
import { refuseClosed, scopeOfRisk } from './commands.ts'
import { findAcceptance, findRisk, standingsOf } from './queries.ts'

type AcceptanceCommand<Input> = Command<Context, Input, RiskAcceptance>

/** Only the person who owns it: no key, no deputy, nobody who left (6.1.3 f). */
async function ownerWhoActs(ctx: Context, one: Risk): Promise<Id> {
  if (one.ownerId === null) throw new Problem('precondition', 'risk_acceptance.no_owner')
  const owner = await findPerson(ctx, one.ownerId)
  if (owner.state === 'left') throw new Problem('precondition', 'risk_acceptance.owner_left')
  if (ctx.actor.kind !== 'person') throw new Problem('forbidden', 'risk_acceptance.person_only')
  if (ctx.actor.id !== one.ownerId) throw new Problem('forbidden', 'risk_acceptance.not_owner')
  return one.ownerId
}

/** What stands today and its digest; refused while there is nothing that could be accepted. */
async function acceptable(ctx: Context, one: Risk): Promise<{ standing: Standing; substance: string }> {
  const [found] = await standingsOf(ctx, [one], ctx.today)
  const substance = found ? substanceDigest(found.standing.view) : null
  if (!found || substance === null) throw new Problem('precondition', 'risk_acceptance.nothing')
  const { treatment, actions } = found.standing.view
  if (treatment?.option === 'modify' && treatment.controlIds.length + actions.length === 0)
    throw new Problem('precondition', 'risk_acceptance.nothing_planned')
  return { standing: found.standing, substance }
}

const acceptInput = z.strictObject({
  id: idSchema,
  /** The version of the risk, and the digest of what was read in it. */
  version: z.int().min(1),
  substance: digestSchema,
  until: daySchema.nullable().default(null),
  note: plainText(2000).nullable().default(null),
})

/** Accepts the treatment plan and what remains of a risk, for exactly what was read. */
export const acceptRisk: AcceptanceCommand<z.output<typeof acceptInput>> = {
  kind: 'command',
  noun: 'risk-acceptance',
  action: 'accept',
  seal: true,
  input: acceptInput,
  output: riskAcceptance.schema,
  scope: scopeOfRisk,
  async run(ctx, { id, version, substance, until, note }) {
    const one = await findRisk(ctx, id)
    refuseClosed(one)
    const personId = await ownerWhoActs(ctx, one)
    if (one.version !== version) throw new Problem('conflict', 'record.changed_meanwhile', { noun: 'risk' })
    const now = await acceptable(ctx, one)
    if (now.substance !== substance) throw new Problem('conflict', 'risk_acceptance.other_substance')
    const { acceptance, acceptanceState, ratings } = now.standing
    if (acceptance && acceptanceState === 'current')
      throw new Problem('precondition', 'risk_acceptance.already', { day: acceptance.on })
    const band = ratings.residual?.band
    refuseInvalid([
      ...(until !== null && until < ctx.today
        ? [fieldProblem('/until', 'risk_acceptance.until_past', { day: until })]
        : []),
      ...(note === null && band?.acceptable !== true
        ? [
            fieldProblem('/note', 'risk_acceptance.reason_missing', {
              band: band ? inLanguage(band.name, ctx.language) : '—',
            }),
          ]
        : []),
    ])
    return save(ctx, riskAcceptance, 'risk.accepted', {
      ...{ id: newId(ctx.random), version: 0, riskId: id, riskVersion: version },
      ...{ substance, personId, on: ctx.today, until, note, revoked: null },
    })
  },
}

const revokeInput = riskAcceptance.schema
  .pick({ id: true, version: true })
  .extend({ reason: plainText(2000) })

/** Takes an acceptance back; it stays readable with the reason. */
export const revokeAcceptance: AcceptanceCommand<z.output<typeof revokeInput>> = {
  kind: 'command',
  noun: 'risk-acceptance',
  action: 'revoke',
  input: revokeInput,
  output: riskAcceptance.schema,
  scope: async (ctx, { id }) => scopeOfRisk(ctx, { id: (await findAcceptance(ctx, id)).riskId }),
  async run(ctx, { id, version, reason }) {
    const before = await findAcceptance(ctx, id)
    if (before.revoked)
      throw new Problem('precondition', 'risk_acceptance.revoked', { day: before.revoked.on })
    const one = await findRisk(ctx, before.riskId)
    const theirs = ctx.actor.kind === 'person' && [before.personId, one.ownerId].includes(ctx.actor.id)
    if (!theirs && !ctx.can('risk.close', { entities: [one.entityId] }))
      throw new Problem('forbidden', 'risk_acceptance.not_yours')
    const revoked = { on: ctx.today, reason }
    return save(ctx, riskAcceptance, 'risk.acceptance_revoked', { ...before, version, revoked }, reason)
  },
}
