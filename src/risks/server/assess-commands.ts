import type { z } from 'zod'
import { save } from '../../db/save.ts'
import { fieldProblem, refuseInvalid } from '../../kernel/error.ts'
import { idSchema } from '../../kernel/id.ts'
import { methodStateOn } from '../method-rules.ts'
import { ratingProblems } from '../rating.ts'
import { assessmentSchema, risk, treatmentSchema } from '../risk.ts'
import { dayProblems, type RiskCommand, refuseClosed, scopeOfRisk } from './commands.ts'
import { allMethods, findRisk, methodOn } from './queries.ts'
import { controlProblems } from './references.ts'

const byVersion = risk.schema.pick({ id: true, version: true })

const assessInput = byVersion.extend({
  ...assessmentSchema.omit({ personId: true, methodId: true }).shape,
  /** The version in force on the day unless it says another that was approved by then. */
  methodId: idSchema.nullable().default(null),
})

/** Judges a risk by a version of the method (8.2). What was judged before stays, by the version it was judged by. */
export const assessRisk: RiskCommand<z.output<typeof assessInput>> = {
  kind: 'command',
  noun: 'risk',
  action: 'assess',
  input: assessInput,
  output: risk.schema,
  scope: scopeOfRisk,
  async run(ctx, { id, version, methodId, ...judged }) {
    const before = await findRisk(ctx, id)
    refuseClosed(before)
    refuseInvalid(dayProblems(ctx, '/on', judged.on, before))
    const all = await allMethods(ctx)
    const method =
      methodId === null ? await methodOn(ctx, judged.on) : (all.find((one) => one.id === methodId) ?? null)
    if (method === null)
      return refuse(
        methodId === null
          ? fieldProblem('/on', 'risk.no_method', { day: judged.on })
          : fieldProblem('/methodId', 'record.reference_unknown'),
      )
    const state = methodStateOn(method, all, judged.on)
    if (state === 'draft' || state === 'withdrawn')
      return refuse(
        fieldProblem('/methodId', 'risk.method_not_approved', { number: method.number, day: judged.on }),
      )
    refuseInvalid(ratingProblems(method, judged))
    const personId = ctx.actor.kind === 'person' ? ctx.actor.id : null
    const assessments = [...before.assessments, { ...judged, methodId: method.id, personId }]
      // A stable sort: of two on one day the one that was recorded later is the last.
      .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    return save(ctx, risk, 'risk.assessed', { ...before, version, assessments })
  },
}

function refuse(problem: ReturnType<typeof fieldProblem>): never {
  refuseInvalid([problem])
  throw new Error('a problem was not refused')
}

const treatInput = byVersion.extend(treatmentSchema.shape)

/** Decides how a risk is treated from a day on, and which controls that makes necessary (6.1.3 a, b). */
export const treatRisk: RiskCommand<z.output<typeof treatInput>> = {
  kind: 'command',
  noun: 'risk',
  action: 'treat',
  input: treatInput,
  output: risk.schema,
  scope: scopeOfRisk,
  async run(ctx, { id, version, ...treatment }) {
    const before = await findRisk(ctx, id)
    refuseClosed(before)
    const last = before.treatments.at(-1)
    const assessed = before.assessments.some((one) => one.on <= treatment.from)
    refuseInvalid([
      ...dayProblems(ctx, '/from', treatment.from, before),
      ...(assessed ? [] : [fieldProblem('/from', 'risk.not_assessed', { day: treatment.from })]),
      ...(last && treatment.from < last.from
        ? [fieldProblem('/from', 'risk.treatment_order', { from: last.from })]
        : []),
      ...(await controlProblems(ctx, '/controlIds/*', treatment.controlIds, last?.controlIds)),
    ])
    const controlIds = [...new Set(treatment.controlIds)]
    // Decided twice on one day, the later word counts; the log keeps the earlier.
    const kept = before.treatments.filter((one) => one.from !== treatment.from)
    const treatments = [...kept, { ...treatment, controlIds }]
    return save(ctx, risk, 'risk.treated', { ...before, version, treatments })
  },
}
