import { type Certificate, denialOn, holdersOn, termOn } from '../../certificates/certificate.ts'
import { isBridged, lastDayOf, stateOn, stepsOf } from '../../certificates/cycle.ts'
import { newestEvent } from '../../certificates/event.ts'
import { allCertificates } from '../../certificates/server/queries.ts'
import { successionsFor } from '../../certificates/server/succession-queries.ts'
import type { Context } from '../../db/context.ts'
import { addMonths, type Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import { entitiesOn, isRunning, type Programme } from '../../programmes/programme.ts'
import type { CalendarRules } from '../rules.ts'
import type { Asked, ComputedDue } from './source.ts'

type Point = { key: string; step: string; due: Day }

/** What a certificate asks for while it stands or can be saved; one that ended asks for nothing. */
function pointsOf(ctx: Context, one: Certificate, succeededOn: Day | null): Point[] {
  const day = ctx.asOf
  const scheme = ctx.catalogue.schemes.get(one.scheme)
  const term = termOn(one, day)
  if (!scheme || !term || denialOn(one, day)) return []
  const state = stateOn(one, scheme, day, succeededOn)
  const end = lastDayOf(term, scheme, isBridged(one, term, day))
  if (state === 'lapsed-restorable' && end && scheme.cycle.restorableMonths !== null)
    return [{ key: 'restoration', step: 'restoration', due: addMonths(end, scheme.cycle.restorableMonths) }]
  if (state !== 'active' && state !== 'suspended') return []
  const suspended = state === 'suspended' ? newestEvent(one.events, day, 'suspension') : undefined
  const limit = scheme.cycle.suspensionMaxMonths
  const transition = term.edition
    ? ctx.catalogue.editions.get(term.edition)?.framework.lifecycle.transition
    : null
  return [
    ...stepsOf(one, term, scheme, day)
      .filter((step) => step.doneOn === null)
      .map((step) => ({ key: step.key, step: step.kind, due: step.latest ?? step.planned })),
    ...(end ? [{ key: 'expiry', step: scheme.reportUse ? 'ageing' : 'expiry', due: end }] : []),
    ...(suspended && limit !== null
      ? [{ key: 'suspension', step: 'suspension', due: addMonths(suspended.on, limit) }]
      : []),
    // A paper that ends before the deadline moves with its next term.
    ...(transition && (end === null || transition.deadline <= end)
      ? [{ key: 'transition', step: 'transition', due: transition.deadline }]
      : []),
  ]
}

/** The scheme's name with the number of the paper, where it has one: how people call a certificate. */
function nameOf(ctx: Context, one: Certificate): LocalText {
  const scheme = ctx.catalogue.schemes.get(one.scheme)?.name
  const called = (name: string) => (one.number === null ? name : `${name} ${one.number}`)
  return { en: called(scheme?.en ?? one.scheme), ja: called(scheme?.ja ?? one.scheme) }
}

const seen = (ctx: Context, one: Certificate): boolean =>
  ctx.visible === null ||
  ctx.visible.certificates.includes(one.id) ||
  one.holders.some((holder) => ctx.visible?.entities.includes(holder.entityId))

/** Steps, expiries and limits of all certificates that the actor may see: two queries and arithmetic. */
export async function certificatesDue(
  ctx: Context,
  { leadDays }: Asked,
  rules: CalendarRules,
  programmes: readonly Programme[],
): Promise<ComputedDue[]> {
  const found = (await allCertificates(ctx)).filter((one) => seen(ctx, one))
  const successions = await successionsFor(
    ctx,
    found.map((one) => one.id),
  )
  return found.flatMap((one) => {
    const its = programmes.filter((each) => each.certificateId === one.id && each.endedOn === null)
    const lead =
      rules.leadDays.certificate ??
      ctx.catalogue.schemes.get(one.scheme)?.cycle.leadTimeDays ??
      leadDays.certificate
    return pointsOf(ctx, one, successions.get(one.id) ?? null).map(({ key, step, due }) => ({
      subject: `certificate:${one.id}:${key}`,
      kind: 'certificate' as const,
      due,
      lead,
      name: nameOf(ctx, one),
      step,
      recordId: one.id,
      entities: holdersOn(one, ctx.asOf),
      ownerId: its.find((each) => each.ownerId !== null)?.ownerId ?? null,
      programmes: its.map((each) => each.id),
    }))
  })
}

/** First days of audits and last days of cycles, of programmes that run or will. Past audits were held or not: they ask for nothing more. */
export function programmesDue(
  ctx: Context,
  { leadDays }: Asked,
  programmes: readonly Programme[],
): ComputedDue[] {
  const day = ctx.asOf
  const open = programmes.filter((one) => one.endedOn === null || one.endedOn >= day)
  return open.flatMap((one) => {
    const entities: Id[] = entitiesOn(one, day)
    const due = (kind: 'programme-audit' | 'programme-cycle', on: Day): ComputedDue => ({
      subject: `${kind}:${one.id}:${on}`,
      kind,
      due: on,
      lead: leadDays[kind],
      name: one.name,
      step: null,
      recordId: one.id,
      entities,
      ownerId: one.ownerId,
      programmes: [one.id],
    })
    return one.cycles.flatMap(({ to, auditOn }) => [
      ...(auditOn !== null && auditOn >= day ? [due('programme-audit', auditOn)] : []),
      ...(to >= day && isRunning(one, to) ? [due('programme-cycle', to)] : []),
    ])
  })
}
