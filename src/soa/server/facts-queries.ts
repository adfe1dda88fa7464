import { obligationsOn } from '../../context/server/queries.ts'
import { control } from '../../controls/control.ts'
import { type Implementation, implementation } from '../../controls/implementation.ts'
import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import { isIsms } from '../../frameworks/edition.ts'
import type { Day } from '../../kernel/day.ts'
import { Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import { ancestorsOf } from '../../organisation/entity.ts'
import { allEntities } from '../../organisation/server/queries.ts'
import type { RequirementAnswer } from '../../posture/answer.ts'
import type { ControlAnswer } from '../../posture/control-answer.ts'
import type { Unit } from '../../posture/facts.ts'
import { coversAll } from '../../posture/relationship.ts'
import { currentPosture } from '../../posture/server/current-queries.ts'
import { decisionOn } from '../../programmes/applicability.ts'
import { lastDayBy, type Programme } from '../../programmes/programme.ts'
import { applicabilityOf, editionOf } from '../../programmes/server/queries.ts'
import { risksOn } from '../../risks/server/queries.ts'
import { annexControls } from '../controls-of.ts'
import { type NamedControl, type RowFacts, rowOf } from '../generate.ts'
import { bindingFor, necessaryFor } from '../necessary.ts'
import type { SoaRow } from '../soa-version.ts'
import type { Declared, UnitFacts } from '../state.ts'

type Implementations = ReadonlyMap<Id, Implementation>

/** What an answer of the posture says was declared, with the first day of it. */
function declaredOf(
  implementations: Implementations,
  answer: ControlAnswer,
  full: boolean,
  day: Day,
): Declared {
  const found = implementations.get(answer.implementationId ?? '')
  const phase = found?.phases.filter((each) => each.from <= day).at(-1)
  return {
    controlId: answer.controlId,
    full,
    stance: phase?.stance ?? 'none',
    since: phase?.from ?? null,
  }
}

const unitFacts = (answer: RequirementAnswer, implementations: Implementations, day: Day): UnitFacts[] =>
  answer.units
    .filter((unit) => unit.notApplicable === null)
    .map((unit) => ({
      controls: unit.controls.map((each) =>
        declaredOf(implementations, each, coversAll(each.relationship), day),
      ),
      together: unit.together.map((group) => ({
        full: coversAll(group.relationship),
        controlIds: group.members.map((member) => member.controlId),
      })),
    }))

/** Ids of the evidence in the reasons, newest first, each once. */
function evidenceIn(answers: readonly ControlAnswer[]): Id[] {
  const found = new Map<Id, Day>()
  for (const { reasons } of answers)
    for (const reason of reasons)
      if ('evidenceId' in reason && reason.code !== 'evidence.rejected')
        found.set(reason.evidenceId, reason.from)
  return [...found]
    .sort(([a, on], [b, before]) => (on === before ? (a < b ? -1 : 1) : on < before ? 1 : -1))
    .map(([id]) => id)
}

const ownersIn = (implementations: Implementations, answers: readonly ControlAnswer[]): Id[] =>
  answers.flatMap((each) => implementations.get(each.implementationId ?? '')?.ownerId ?? [])

type Gathered = Awaited<ReturnType<typeof gather>>

/** Everything that the rows are made of, each kind read once. */
async function gather(ctx: Context, one: Programme, day: Day) {
  const { posture } = await currentPosture(ctx)
  const stands = posture.all(day).programmes.find((each) => each.programmeId === one.id)
  const units: readonly Unit[] = stands?.units ?? []
  const entities = new Set(units.map((unit) => unit.entityId))
  const parents = new Map((await allEntities(ctx)).map((each) => [each.id, each.parentId]))
  const inScope = (id: Id) =>
    entities.has(id) || ancestorsOf(parents, id).some((above) => entities.has(above))
  const risks = necessaryFor(await risksOn(ctx, day))
  const decisions = await applicabilityOf(ctx, [one.id])
  return {
    ...{ day, programme: one, posture, units },
    controls: await everyOf(ctx, control),
    implementations: await everyOf(ctx, implementation),
    risks: risks.filter((each) => inScope(each.entityId)),
    obligations: bindingFor(await obligationsOn(ctx, day), entities),
    decisions: new Map(decisions.map((each) => [each.requirement, decisionOn(each, day)])),
  }
}

const namedControl = ({ controls }: Gathered, id: Id): NamedControl[] => {
  const found = controls.get(id)
  return found ? [{ id, code: found.code, name: found.name, ownerId: found.ownerId }] : []
}

/** A control of the annex; the controls that bear on it are noted in `reached`. */
function annexRow(all: Gathered, reference: string, reached: Set<Id>): RowFacts[] {
  const { day, programme, posture, implementations } = all
  const { edition } = programme
  const answer = posture.requirement(programme.id, { edition, requirement: reference }, day)
  if (answer === null) return []
  const bearing = answer.units.flatMap((unit) => unit.controls)
  const bears = new Set(bearing.map((each) => each.controlId))
  for (const id of bears) reached.add(id)
  const declared = bearing.filter((each) => each.implementationId !== null)
  return [
    {
      ...{ reference, edition, decision: all.decisions.get(reference) ?? null },
      controls: [...new Set(declared.map((each) => each.controlId))].flatMap((id) => namedControl(all, id)),
      units: unitFacts(answer, implementations, day),
      risks: all.risks.filter((each) => each.controlIds.some((id) => bears.has(id))),
      obligations: all.obligations.filter((each) =>
        each.requirements.some((it) => it.edition === edition && it.requirement === reference),
      ),
      ownerIds: ownersIn(implementations, declared),
      evidenceIds: evidenceIn(declared),
    },
  ]
}

/** A control of the organisation's own that no control of the annex asks for. */
function ownRow(all: Gathered, id: Id): RowFacts[] {
  const { day, posture, units, implementations } = all
  return namedControl(all, id).map((each) => {
    const answers = units.map((unit) => posture.control(id, unit, day))
    return {
      ...{ reference: each.code, edition: null, decision: null, controls: [each], obligations: [] },
      units: answers.map((answer) => ({
        controls: [declaredOf(implementations, answer, true, day)],
        together: [],
      })),
      risks: all.risks.filter((it) => it.controlIds.includes(id)),
      ownerIds: ownersIn(implementations, answers),
      evidenceIds: evidenceIn(answers),
    }
  })
}

/**
 * The statement of a programme on a day, from the same posture that every other screen reads: the controls of the annex,
 * and those of the organisation's own that some risk makes necessary. Of a programme that has ended, as of its last day;
 * empty where the programme asks for nothing yet.
 */
export async function statementOf(ctx: Context, one: Programme, day: Day): Promise<SoaRow[]> {
  const edition = editionOf(ctx, one)
  if (!isIsms(edition)) throw new Problem('precondition', 'soa.not_iso', { edition: one.edition })
  const all = await gather(ctx, one, lastDayBy(one, day))
  if (all.units.length === 0) return []
  const reached = new Set<Id>()
  const annex = annexControls(edition).flatMap((reference) => annexRow(all, reference, reached))
  const necessary = new Set(all.risks.flatMap((each) => each.controlIds))
  const own = [...necessary].filter((id) => !reached.has(id)).flatMap((id) => ownRow(all, id))
  const byReference = (a: RowFacts, b: RowFacts) => (a.reference < b.reference ? -1 : 1)
  return [...annex, ...own.sort(byReference)].map(rowOf)
}
