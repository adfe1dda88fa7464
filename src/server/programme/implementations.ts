import { type Implementation, implementation, implementationProblems } from '../../controls/implementation.ts'
import { everyOf } from '../../db/loaded.ts'
import { type FieldProblem, fieldProblem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { service } from '../../organisation/service.ts'
import { formerOf } from './former.ts'
import { bringAll, everyRecord, idOf, idOrNull, laidOver, noteLeft, type Run, type Wanted } from './run.ts'
import { codeOf, type ImplementationPart } from './schema-controls.ts'

/** An implementation with its part of the file, for its history and its evidence. */
export type Placed = {
  part: ImplementationPart
  path: readonly PropertyKey[]
  /** `ACC-06@line`, for people. */
  key: string
  one: Implementation
}

const placeOf = (one: Pick<Implementation, 'controlId' | 'entityId' | 'serviceId'>): string =>
  `${one.controlId} ${one.entityId} ${one.serviceId ?? ''}`

type Present = ReadonlyMap<string, readonly Implementation[]>

const firstDay = (part: ImplementationPart) => part.phases?.[0]?.from ?? part.since

/**
 * The implementation that a part of the file speaks of: the one that ended on the day that it names, else the one that
 * runs, which it ends, unless another part speaks of that. What ended has ended: carrying the control out again is
 * another implementation.
 */
function presentOf(part: ImplementationPart, here: readonly Implementation[], alone: boolean) {
  const running = here.find((one) => one.endedOn === null)
  if (part.ended === null) return running
  const ended = here.filter((one) => one.endedOn === part.ended)
  const exact = ended.find((one) => one.phases[0]?.from === firstDay(part)) ?? ended[0]
  if (exact || !alone) return exact
  return running ?? here.toSorted((a, b) => ((a.endedOn ?? '') < (b.endedOn ?? '') ? 1 : -1))[0]
}

function phasesOf(part: ImplementationPart, before: Implementation | undefined): Implementation['phases'] {
  const wanted = part.phases ?? [{ from: part.since ?? '', stance: 'operating' as const, reason: null }]
  const laid = laidOver(before?.phases ?? [], wanted, (a, b) => a.from === b.from)
  return laid.sort((a, b) => (a.from < b.from ? -1 : 1))
}

type Located = { part: ImplementationPart; path: readonly PropertyKey[]; controlId: Id; code: string }

async function wantedOf(
  run: Run,
  { part, path, controlId, code }: Located,
  present: Present,
  parts: ReadonlyMap<string, number>,
): Promise<Wanted<Implementation>> {
  const entityId = await idOf(run, 'entity', part.entity, [...path, 'entity'])
  const serviceId = await idOrNull(run, 'service', part.service, [...path, 'service'])
  const place = placeOf({ controlId, entityId, serviceId })
  const alone = parts.get(partPlace(controlId, part)) === 1
  const before = presentOf(part, present.get(place) ?? [], alone)
  const after: Implementation = {
    id: before?.id ?? newId(run.ctx.random),
    version: before?.version ?? 0,
    controlId,
    entityId,
    serviceId,
    inheritable: part.inheritable,
    ownerId: await idOrNull(run, 'person', part.owner, [...path, 'owner']),
    description: part.description,
    frequency: part.frequency,
    evidenceDays: part.evidenceDays,
    phases: phasesOf(part, before),
    endedOn: part.ended ?? before?.endedOn ?? null,
    former: before ? before.former : await formerOf(run, part.former, path),
  }
  return { key: `${code}@${part.service ?? part.entity}`, path, before, after }
}

const partPlace = (controlId: Id, { entity, service }: ImplementationPart) =>
  `${controlId} ${entity} ${service ?? ''}`

/** One runs at a place; of those that ended, each has days of its own. */
const onceOf = (one: Implementation) =>
  one.endedOn === null ? placeOf(one) : `${placeOf(one)} ${one.endedOn} ${one.phases[0]?.from}`

const needsOf = ({ before, after }: Wanted<Implementation>) => {
  const scope = { entities: [after.entityId] }
  const ends = after.endedOn !== null && before?.endedOn !== after.endedOn
  return [
    { permission: `implementation.${before ? 'update' : 'create'}`, scope },
    ...(ends ? [{ permission: 'implementation.end', scope }] : []),
  ]
}

/** How each control is carried out, and where, as the file says. */
export async function bringImplementations(run: Run): Promise<Placed[]> {
  const { ctx } = run
  const all = await everyRecord(ctx, implementation)
  const present = Map.groupBy(all, placeOf)
  const services = await everyOf(ctx, service)
  const located: Located[] = []
  for (const [at, control] of run.programme.controls.entries()) {
    const code = codeOf(control)
    const controlId = await idOf(run, 'control', code, ['controls', at])
    for (const [index, part] of control.implementations.entries())
      located.push({ part, path: ['controls', at, 'implementations', index], controlId, code })
  }
  const wanted: Wanted<Implementation>[] = []
  const parts = new Map<string, number>()
  for (const { controlId, part } of located) {
    const place = partPlace(controlId, part)
    parts.set(place, (parts.get(place) ?? 0) + 1)
  }
  for (const one of located) wanted.push(await wantedOf(run, one, present, parts))
  const seen = new Map<string, number>()
  for (const { after } of wanted) seen.set(onceOf(after), (seen.get(onceOf(after)) ?? 0) + 1)
  const problems = ({ after }: Wanted<Implementation>): FieldProblem[] => [
    ...implementationProblems(after),
    ...(after.serviceId !== null && services.get(after.serviceId)?.entityId !== after.entityId
      ? [fieldProblem('/serviceId', 'implementation.service_elsewhere')]
      : []),
    ...((seen.get(onceOf(after)) ?? 0) > 1 ? [fieldProblem('', 'implementation.exists')] : []),
  ]
  const saved = await bringAll(
    run,
    {
      type: implementation,
      created: 'implementation.created',
      updated: 'implementation.updated',
      needs: needsOf,
      problems,
    },
    wanted,
  )
  const named = new Set(wanted.map(({ after }) => after.id))
  const codes = new Map([...run.ids.control].map(([code, id]) => [id, code]))
  const keyOf = (one: Implementation) => `${codes.get(one.controlId)}@${one.serviceId ?? one.entityId}`
  noteLeft(
    run,
    'implementation',
    all.filter((one) => one.endedOn === null && !named.has(one.id)).map(keyOf),
    [],
  )
  return saved.flatMap((one, index) => {
    const from = located[index]
    return from ? [{ part: from.part, path: from.path, key: wanted[index]?.key ?? '', one }] : []
  })
}
