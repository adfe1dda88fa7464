import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { type Day, daySchema } from '../../kernel/day.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { idSchema, newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { statesFor } from '../abilities.ts'
import { type Certificate, certificate } from '../certificate.ts'
import { stateOn } from '../cycle.ts'
import { termSchema } from '../term.ts'
import { schemeOf, scopeOfCertificate } from './answers.ts'
import { refuseBroken } from './commands.ts'
import { currentCertificate, findCertificate } from './queries.ts'
import { succeededOn } from './succession-queries.ts'

const successionInput = z.strictObject({
  id: idSchema,
  version: z.int().min(1),
  /** The day of the decision. */
  on: daySchema,
  term: termSchema.omit({ id: true }),
  /** A new number, where the issuer gave one. */
  number: certificate.schema.shape.number.optional(),
  reason: plainText(2000),
})

type SuccessionInput = z.output<typeof successionInput>

function problemsOf({ on, term }: SuccessionInput, basis: readonly string[], today: Day) {
  const start = term.effectiveDate ?? term.decisionDate ?? term.issueDate
  return [
    ...(on > today ? [fieldProblem('/on', 'certificate.event_in_future', { day: on, today })] : []),
    ...(basis.includes(term.basis)
      ? []
      : [fieldProblem('/term/basis', 'certificate.basis_does_not_fit', { allowed: basis.join(', ') })]),
    // Effect never reaches back before the decision (ISO/IEC 17021-1 9.6.3.2.5), so that the gap stays a gap.
    ...(start !== null && start < on
      ? [
          fieldProblem('/term/effectiveDate', 'certificate.effect_before_decision', {
            from: on,
            to: start,
            source: 'ISO/IEC 17021-1 9.6.3.2.5',
          }),
        ]
      : []),
  ]
}

/** A command that records an event and the term that it opens, from a state in which that is possible. */
function successionCommand(parts: {
  event: 'restoration' | 'transfer'
  type: string
  ability: 'restore' | 'transfer'
  basis: readonly string[]
}): Command<Context, SuccessionInput, Certificate> {
  return {
    kind: 'command',
    noun: 'certificate',
    action: 'renew',
    input: successionInput,
    output: certificate.schema,
    scope: async (ctx, { id }) => {
      const { entities } = scopeOfCertificate(await findCertificate(ctx, id))
      return entities.length === 0 ? 'organisation' : { entities }
    },
    async run(ctx, input) {
      const before = await currentCertificate(ctx, input.id, input.version)
      refuseInvalid(problemsOf(input, parts.basis, ctx.today))
      const state = stateOn(before, schemeOf(ctx, before), input.on, await succeededOn(ctx, input.id))
      if (!statesFor[parts.ability]?.includes(state))
        throw new Problem('precondition', 'certificate.not_in_state', { state, kind: parts.event })
      const event = {
        id: newId(ctx.random),
        kind: parts.event,
        on: input.on,
        outcome: 'none' as const,
        note: null,
      }
      const after: Certificate = {
        ...before,
        version: input.version,
        number: input.number === undefined ? before.number : input.number,
        terms: [...before.terms, { ...input.term, id: newId(ctx.random) }],
        events: [...before.events, event],
      }
      await refuseBroken(ctx, after, before)
      return save(ctx, certificate, parts.type, after, input.reason)
    },
  }
}

/** Takes a lapsed certificate up again within the months that its scheme allows (ISO/IEC 17021-1 9.6.3.2.5). */
export const restoreCertificate = successionCommand({
  event: 'restoration',
  type: 'certificate.restored',
  ability: 'restore',
  basis: ['recertification', 'transition'],
})

/** Moves a certificate to another certification body: only a valid one can be taken over (IAF MD 2). */
export const transferCertificate = successionCommand({
  event: 'transfer',
  type: 'certificate.transferred',
  ability: 'transfer',
  basis: ['transfer'],
})
