import { type Implementation, implementation, implementationProblems } from '../../controls/implementation.ts'
import { everyOf } from '../../db/loaded.ts'
import { type FieldProblem, fieldProblem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { service } from '../../organisation/service.ts'
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

/** One that runs comes before those that ended at the same place, and of those the last. */
function presentByPlace(all: readonly Implementation[]): Map<string, Implementation> {
  const inOrder = all.toSorted((a, b) => ((a.endedOn ?? '9999') < (b.endedOn ?? '9999') ? -1 : 1))
  return new Map(inOrder.map((one) => [placeOf(one), one]))
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
  present: ReadonlyMap<string, Implementation>,
): Promise<Wanted<Implementation>> {
  const entityId = await idOf(run, 'entity', part.entity, [...path, 'entity'])
  const serviceId = await idOrNull(run, 'service', part.service, [...path, 'service'])
  const found = present.get(placeOf({ controlId, entityId, serviceId }))
  // What ended has ended: carrying the control out again is another implementation.
  const before = found && found.endedOn !== null && part.ended === null ? undefined : found
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
  }
  return { key: `${code}@${part.service ?? part.entity}`, path, before, after }
}

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
  const present = presentByPlace(all)
  const services = await everyOf(ctx, service)
  const located: Located[] = []
  for (const [at, control] of run.programme.controls.entries()) {
    const code = codeOf(control)
    const controlId = await idOf(run, 'control', code, ['controls', at])
    for (const [index, part] of control.implementations.entries())
      located.push({ part, path: ['controls', at, 'implementations', index], controlId, code })
  }
  const wanted: Wanted<Implementation>[] = []
  for (const one of located) wanted.push(await wantedOf(run, one, present))
  const seen = new Map<string, number>()
  for (const { after } of wanted) seen.set(placeOf(after), (seen.get(placeOf(after)) ?? 0) + 1)
  const problems = ({ after }: Wanted<Implementation>): FieldProblem[] => [
    ...implementationProblems(after),
    ...(after.serviceId !== null && services.get(after.serviceId)?.entityId !== after.entityId
      ? [fieldProblem('/serviceId', 'implementation.service_elsewhere')]
      : []),
    ...((seen.get(placeOf(after)) ?? 0) > 1 ? [fieldProblem('', 'implementation.exists')] : []),
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
