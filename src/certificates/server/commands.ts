import { sql } from 'kysely'
import { z } from 'zod'
import { canonicalize } from '#tlog'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { rowsOf } from '../../db/source.ts'
import type { Command } from '../../kernel/command.ts'
import { type Day, daySchema } from '../../kernel/day.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { idSchema, newId } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { plainText } from '../../kernel/text.ts'
import { entitiesById, servicesById } from '../../organisation/server/queries.ts'
import { abilityPermissions, statesFor } from '../abilities.ts'
import { type Certificate, certificate } from '../certificate.ts'
import { stateOn } from '../cycle.ts'
import { eventSchema } from '../event.ts'
import { certificateProblems } from '../rules.ts'
import { termSchema } from '../term.ts'
import { schemeOf, scopeOfCertificate } from './answers.ts'
import { currentCertificate, findCertificate } from './queries.ts'
import { nameable, predecessorsKnown, succeededOn } from './succession-queries.ts'

/**
 * Refuses a certificate that breaks a rule, or whose number or key another one has. `before` is the record as it is
 * stored, null when new.
 */
export async function refuseBroken(
  ctx: Context,
  one: Certificate,
  before: Certificate | null,
): Promise<void> {
  const certificates = nameable(ctx, one, before, await predecessorsKnown(ctx, one.predecessors))
  const [entities, services] = [await entitiesById(ctx), await servicesById(ctx)]
  const problems = certificateProblems(one, { catalogue: ctx.catalogue, entities, services, certificates })
  const twins = await ctx.tx
    .selectFrom(rowsOf(ctx, certificate, 'c'))
    .select(['key', 'number', 'scheme'])
    .where('id', '<>', one.id)
    .where(
      sql<boolean>`(key = ${one.key} or (scheme = ${one.scheme} and upper(number) = upper(${one.number}::text)))`,
    )
    .execute()
  if (twins.some((twin) => twin.key === one.key))
    problems.push(fieldProblem('/key', 'record.key_taken', { key: one.key }))
  if (one.number !== null && twins.some((twin) => twin.number?.toUpperCase() === one.number?.toUpperCase())) {
    problems.push(fieldProblem('/number', 'certificate.number_taken', { number: one.number }))
  }
  refuseInvalid(problems)
}

const newTerm = termSchema.omit({ id: true }).extend({ id: idSchema.optional() })
const newEvent = eventSchema.omit({ id: true }).extend({ id: idSchema.optional() })

const registerInput = certificate.schema.omit({ id: true, version: true, terms: true, events: true }).extend({
  terms: z.array(newTerm).max(100),
  events: z.array(newEvent).max(500),
})

type CertificateCommand<Input> = Command<Context, Input, Certificate>

export const registerCertificate: CertificateCommand<z.output<typeof registerInput>> = {
  kind: 'command',
  noun: 'certificate',
  action: 'register',
  input: registerInput,
  output: certificate.schema,
  scope: (_, input) =>
    input.holders.length === 0
      ? 'organisation'
      : { entities: [...new Set(input.holders.map((holder) => holder.entityId))] },
  async run(ctx, input) {
    const created: Certificate = {
      ...input,
      id: newId(ctx.random),
      version: 0,
      terms: input.terms.map((term) => ({ ...term, id: term.id ?? newId(ctx.random) })),
      events: input.events.map((event) => ({ ...event, id: event.id ?? newId(ctx.random) })),
    }
    await refuseBroken(ctx, created, null)
    return save(ctx, certificate, 'certificate.registered', created)
  },
}

/**
 * Changes of facts need the right over every holder before and after. Holders that the input adds count only where the
 * actor reaches one of before: else naming an entity of one's own would tell whether a stranger's certificate exists.
 */
async function scopeOfChange(ctx: Context, input: { id: string; holders?: Certificate['holders'] }) {
  const { entities } = scopeOfCertificate(await findCertificate(ctx, input.id))
  const { visible } = ctx
  const reached = visible === null || entities.some((entity) => visible.entities.includes(entity))
  const added = reached ? (input.holders?.map((holder) => holder.entityId) ?? []) : []
  return { entities: [...new Set([...entities, ...added])] }
}

const reasonInput = plainText(2000).nullable().default(null)

const standingKinds = ['suspension', 'reinstatement', 'withdrawal', 'restoration'] as const

// Stored JSON comes back with its names in another order.
const same = (one: unknown, other: unknown) => canonicalize(one) === canonicalize(other)

const standingOf = (one: Pick<Certificate, 'events'>) =>
  one.events.filter((event) => standingKinds.some((kind) => kind === event.kind))

/** Correcting facts is no way around the commands for renewal, suspension and withdrawal: it needs their permissions. */
function refuseDetour(ctx: Context, before: Certificate, after: Certificate): void {
  const scope = scopeOfCertificate(before)
  const refused = [
    ...(same(before.terms, after.terms) || ctx.can('certificate.renew', scope) ? [] : ['certificate.renew']),
    ...(same(standingOf(before), standingOf(after)) || ctx.can('certificate.withdraw', scope)
      ? []
      : ['certificate.withdraw']),
  ]
  const [permission] = refused
  if (permission) throw new Problem('forbidden', 'access.forbidden', { permission })
}

// The whole record is replaced: what is left out is not kept, so everything has to be said.
const updateInput = certificate.schema.extend({
  predecessors: certificate.schema.shape.predecessors.unwrap(),
  reason: reasonInput,
})

/** Corrects or extends the facts of a certificate: numbers, dates, holders, services, scopes, terms. */
export const updateCertificate: CertificateCommand<z.output<typeof updateInput>> = {
  kind: 'command',
  noun: 'certificate',
  action: 'update',
  input: updateInput,
  output: certificate.schema,
  scope: scopeOfChange,
  async run(ctx, { reason, ...input }) {
    const before = await currentCertificate(ctx, input.id, input.version)
    refuseDetour(ctx, before, input)
    await refuseBroken(ctx, input, before)
    return save(ctx, certificate, 'certificate.updated', input, reason)
  },
}

const renewInput = z.strictObject({
  id: idSchema,
  version: z.int().min(1),
  term: newTerm,
  /** A new number, where the issuer gave one. */
  number: certificate.schema.shape.number.optional(),
  event: newEvent.optional(),
  reason: reasonInput,
})

/** Adds the next term: recertification, a new report, a new assessment. What was true before stays as it was. */
export const renewCertificate: CertificateCommand<z.output<typeof renewInput>> = {
  kind: 'command',
  noun: 'certificate',
  action: 'renew',
  input: renewInput,
  output: certificate.schema,
  scope: scopeOfChange,
  async run(ctx, input) {
    const before = await currentCertificate(ctx, input.id, input.version)
    const state = stateOn(before, schemeOf(ctx, before), ctx.today, await succeededOn(ctx, input.id))
    if (!statesFor.renew?.includes(state))
      throw new Problem('precondition', 'certificate.not_in_state', { state, kind: input.term.basis })
    const after: Certificate = {
      ...before,
      version: input.version,
      number: input.number === undefined ? before.number : input.number,
      terms: [...before.terms, { ...input.term, id: input.term.id ?? newId(ctx.random) }],
      events: input.event
        ? [...before.events, { ...input.event, id: input.event.id ?? newId(ctx.random) }]
        : before.events,
    }
    await refuseBroken(ctx, after, before)
    return save(ctx, certificate, 'certificate.renewed', after, input.reason)
  },
}

function refuseFuture(day: Day, today: Day): void {
  if (day > today) refuseInvalid([fieldProblem('/event/on', 'certificate.event_in_future', { day, today })])
}

const eventInput = z.strictObject({
  id: idSchema,
  version: z.int().min(1),
  event: newEvent.refine((event) => !standingKinds.some((kind) => kind === event.kind), {
    error: 'certificate.standing_by_its_own_command',
  }),
})

/** Records an audit, a scan, a bridge letter: something that happened and does not change the certificate's standing. */
export const recordEvent: CertificateCommand<z.output<typeof eventInput>> = {
  kind: 'command',
  noun: 'certificate',
  action: 'record',
  input: eventInput,
  output: certificate.schema,
  scope: scopeOfChange,
  async run(ctx, { id, version, event }) {
    refuseFuture(event.on, ctx.today)
    const before = await currentCertificate(ctx, id, version)
    const after = {
      ...before,
      version,
      events: [...before.events, { ...event, id: event.id ?? newId(ctx.random) }],
    }
    await refuseBroken(ctx, after, before)
    return save(ctx, certificate, 'certificate.event_recorded', after)
  },
}

const standingInput = z.strictObject({
  id: idSchema,
  version: z.int().min(1),
  on: daySchema,
  reason: plainText(2000),
  note: localText(2000).nullable().default(null),
})

type StandingInput = z.output<typeof standingInput>

/** A command that changes the standing of a certificate (ISO/IEC 17021-1 9.6.5), with its reason. */
function standingCommand(
  kind: (typeof standingKinds)[number],
  ability: 'suspend' | 'reinstate' | 'withdraw',
  type: string,
): CertificateCommand<StandingInput> {
  return {
    kind: 'command',
    noun: 'certificate',
    action: abilityPermissions[ability].slice('certificate.'.length),
    input: standingInput,
    output: certificate.schema,
    scope: scopeOfChange,
    async run(ctx, { id, version, on, reason, note }) {
      if (on > ctx.today)
        refuseInvalid([fieldProblem('/on', 'certificate.event_in_future', { day: on, today: ctx.today })])
      const before = await currentCertificate(ctx, id, version)
      const state = stateOn(before, schemeOf(ctx, before), on, await succeededOn(ctx, id))
      if (!statesFor[ability]?.includes(state))
        throw new Problem('precondition', 'certificate.not_in_state', { state, kind })
      const event = { id: newId(ctx.random), kind, on, outcome: 'none' as const, note }
      const after = { ...before, version, events: [...before.events, event] }
      await refuseBroken(ctx, after, before)
      return save(ctx, certificate, type, after, reason)
    },
  }
}

export const suspendCertificate = standingCommand('suspension', 'suspend', 'certificate.suspended')
export const reinstateCertificate = standingCommand('reinstatement', 'reinstate', 'certificate.reinstated')
export const withdrawCertificate = standingCommand('withdrawal', 'withdraw', 'certificate.withdrawn')

const checkInput = z.strictObject({ id: idSchema, version: z.int().min(1), checkedOn: daySchema })

/** Says that somebody compared the register with the issuer's own on a day. */
export const checkVerification: CertificateCommand<z.output<typeof checkInput>> = {
  kind: 'command',
  noun: 'certificate',
  action: 'record',
  input: checkInput,
  output: certificate.schema,
  scope: scopeOfChange,
  async run(ctx, { id, version, checkedOn }) {
    if (checkedOn > ctx.today)
      refuseInvalid([
        fieldProblem('/checkedOn', 'certificate.event_in_future', { day: checkedOn, today: ctx.today }),
      ])
    const before = await currentCertificate(ctx, id, version)
    return save(ctx, certificate, 'certificate.verification_checked', {
      ...before,
      version,
      verificationCheckedOn: checkedOn,
    })
  },
}
