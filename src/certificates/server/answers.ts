import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Scheme } from '../../frameworks/scheme.ts'
import { daySchema } from '../../kernel/day.ts'
import { Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { abilityNames, refusalsOf } from '../abilities.ts'
import {
  type Certificate,
  certificate,
  holdersOn,
  type Successions,
  servicesOn,
  standardsOf,
  supersededTerms,
  termOn,
} from '../certificate.ts'
import {
  type CertificateState,
  certificateStates,
  cycleOf,
  endedOn,
  isBridged,
  lastDayOf,
  nextStepOf,
  stateOn,
} from '../cycle.ts'
import { warningsOn } from '../warnings.ts'

const stepSchema = z.strictObject({
  key: z.string(),
  kind: z.string(),
  planned: daySchema,
  latest: daySchema.nullable(),
  doneOn: daySchema.nullable(),
  source: z.string(),
})

const pointSchema = z.strictObject({
  key: z.string(),
  kind: z.enum(['start', 'step', 'event', 'expiry']),
  from: daySchema,
  to: daySchema.nullable(),
  doneOn: daySchema.nullable(),
  source: z.string().nullable(),
})

const warningSchema = z.strictObject({
  code: z.string(),
  severity: z.enum(['high', 'medium', 'low']),
  due: daySchema.nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  source: z.string().nullable(),
})

const computed = {
  state: z.enum(certificateStates),
  endedOn: daySchema.nullable(),
  /** Last day on which the current term holds. */
  validUntil: daySchema.nullable(),
  /** The standards that the current term cites. */
  standards: z.array(z.string()),
  termId: z.string().nullable(),
  /** Terms that a later one has followed. */
  supersededTerms: z.array(z.string()),
  currentHolders: z.array(z.string()),
  currentServices: z.array(z.string()),
  nextStep: stepSchema.nullable(),
  warnings: z.array(warningSchema),
  cycle: z.array(pointSchema),
  /** What the actor may do now. */
  abilities: z.array(z.enum(abilityNames)),
}

/** A certificate with everything that follows from it on the day that the reader asks about. */
export const certificateAnswerSchema = certificate.schema.extend(computed)

export type CertificateAnswer = z.output<typeof certificateAnswerSchema>

export const schemeOf = (ctx: Context, one: Pick<Certificate, 'scheme'>): Scheme => {
  const scheme = ctx.catalogue.schemes.get(one.scheme)
  if (!scheme) throw new Problem('precondition', 'certificate.scheme_unknown', { scheme: one.scheme })
  return scheme
}

export const refusalSchema = z.strictObject({
  action: z.enum(abilityNames),
  code: z.string(),
  text: z.strictObject({ en: z.string(), ja: z.string() }),
})

export const scopeOfCertificate = (one: Pick<Certificate, 'id' | 'holders'>) => ({
  entities: [...new Set(one.holders.map((holder) => holder.entityId))],
  certificateId: one.id,
})

/** What the actor may not do with it now, and why. */
export const certificateRefusals = (ctx: Context, one: Certificate, state: CertificateState) =>
  refusalsOf(one, {
    state,
    can: (permission) => ctx.can(permission, scopeOfCertificate(one)),
    present: ctx.asOf === ctx.today && ctx.knownAt === null,
  })

/** Computes a certificate's state, cycle and warnings for the day in hand; pure once the members are known. */
export function certificateAnswer(
  ctx: Context,
  one: Certificate,
  members: ReadonlySet<Id>,
  successions: Successions,
): CertificateAnswer {
  const scheme = schemeOf(ctx, one)
  const day = ctx.asOf
  const term = termOn(one, day)
  const edition = term?.edition ? ctx.catalogue.editions.get(term.edition)?.framework.name.en : undefined
  const succeededOn = successions.get(one.id) ?? null
  const state = stateOn(one, scheme, day, succeededOn)
  const refused = new Set(certificateRefusals(ctx, one, state).map(({ action }) => action))
  return {
    ...one,
    state,
    endedOn: endedOn(one, scheme, day, succeededOn),
    validUntil: term ? lastDayOf(term, scheme, isBridged(one, term, day)) : null,
    standards: term ? standardsOf(term, edition ?? null) : [],
    termId: term?.id ?? null,
    supersededTerms: supersededTerms(one, day),
    currentHolders: holdersOn(one, day),
    currentServices: servicesOn(one, day),
    nextStep: nextStepOf(one, scheme, day, succeededOn),
    warnings: warningsOn(one, ctx.catalogue, day, members, succeededOn).map((warning) => ({
      ...warning,
      params: { ...warning.params },
    })),
    cycle: cycleOf(one, scheme, day),
    abilities: abilityNames.filter((action) => !refused.has(action)),
  }
}
