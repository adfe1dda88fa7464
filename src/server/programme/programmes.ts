import { fieldProblem } from '../../kernel/error.ts'
import { newId } from '../../kernel/id.ts'
import { allServices } from '../../organisation/server/queries.ts'
import {
  type Applicability,
  applicability,
  applicabilityProblems,
  type Decision,
} from '../../programmes/applicability.ts'
import { type Programme, programme } from '../../programmes/programme.ts'
import { createProgramme, endProgramme, updateProgramme } from '../../programmes/server/commands.ts'
import { editionOf, scopeOfProgramme } from '../../programmes/server/queries.ts'
import {
  bring,
  bringAll,
  everyRecord,
  idOf,
  idOrNull,
  laidOver,
  noteLeft,
  type Run,
  type Wanted,
  within,
} from './run.ts'
import type { ProgrammePart } from './schema-programmes.ts'

/** The parts of a scope by id: what the file does not name stays. */
async function scopeOf(run: Run, part: ProgrammePart, path: PropertyKey[], before?: Programme) {
  const entities: Programme['entities'] = []
  for (const [index, { entity, ...days }] of part.entities.entries())
    entities.push({
      entityId: await idOf(run, 'entity', entity, [...path, 'entities', index, 'entity']),
      ...days,
    })
  const services: Programme['services'] = []
  for (const [index, { service, ...days }] of part.services.entries())
    services.push({
      serviceId: await idOf(run, 'service', service, [...path, 'services', index, 'service']),
      ...days,
    })
  return {
    entities: laidOver(
      before?.entities ?? [],
      entities,
      (a, b) => a.entityId === b.entityId && a.from === b.from,
    ),
    services: laidOver(
      before?.services ?? [],
      services,
      (a, b) => a.serviceId === b.serviceId && a.from === b.from,
    ),
  }
}

async function bringProgramme(
  run: Run,
  part: ProgrammePart,
  at: number,
  before: Programme | undefined,
): Promise<Programme> {
  const { ctx } = run
  const path = ['programmes', at]
  const cycles = part.cycles.map(({ from, to, audit }) => ({ from, to, auditOn: audit }))
  const after = {
    key: part.key,
    name: part.name,
    edition: part.edition,
    categories: part.categories,
    audiences: part.audiences,
    ...(await scopeOf(run, part, path, before)),
    cycles: laidOver(before?.cycles ?? [], cycles, (a, b) => a.from === b.from),
    ownerId: await idOrNull(run, 'person', part.owner, [...path, 'owner']),
    certificateId: await idOrNull(run, 'certificate', part.certificate, [...path, 'certificate']),
  }
  const saved = await bring<Programme>(run, {
    ...{ noun: 'programme', key: part.key, path, before, after },
    create: () => within(ctx, createProgramme, after),
    update: async ({ id, version }) => within(ctx, updateProgramme, { id, version, ...after }),
  })
  run.ids.programme.set(saved.key, saved.id)
  return saved
}

const endReason = 'The programme file says that it ended.'

async function bringEnd(run: Run, part: ProgrammePart, one: Programme, at: number): Promise<void> {
  if (part.ended === null) return
  const after = { endedOn: part.ended }
  await bring<Programme>(run, {
    ...{ noun: 'programme', key: `${part.key} ended`, path: ['programmes', at], before: one, after },
    create: () => Promise.reject(new Error('a programme was brought before its end')),
    update: ({ id, version }) => within(run.ctx, endProgramme, { id, version, ...after, reason: endReason }),
  })
}

/** The decisions that the file names for each requirement, in the order of their days. */
async function decisionsOf(run: Run, part: ProgrammePart, at: number) {
  const byRequirement = new Map<string, { decisions: Decision[]; path: PropertyKey[] }>()
  for (const [index, one] of part.applicability.entries()) {
    const path = ['programmes', at, 'applicability', index]
    const decision: Decision = {
      from: one.from,
      applicable: one.applies,
      reasons: one.reasons,
      justification: one.justification,
      personId: await idOrNull(run, 'person', one.by, [...path, 'by']),
    }
    for (const requirement of one.requirements) {
      const known = byRequirement.get(requirement) ?? { decisions: [], path }
      known.decisions.push(decision)
      byRequirement.set(requirement, known)
    }
  }
  return byRequirement
}

const inOrder = (decisions: Decision[]) => decisions.sort((a, b) => (a.from < b.from ? -1 : 1))

async function bringDecisions(run: Run, part: ProgrammePart, one: Programme, at: number): Promise<void> {
  const { ctx } = run
  const all = (await everyRecord(ctx, applicability)).filter((each) => each.programmeId === one.id)
  const present = new Map(all.map((each) => [each.requirement, each]))
  const nodes = editionOf(ctx, one).requirements
  const assessable = new Set(nodes.filter((node) => node.requirement === true).map((node) => node.id))
  const named = await decisionsOf(run, part, at)
  const scope = scopeOfProgramme(one, await allServices(ctx))
  const wanted = [...named].map(([requirement, { decisions, path }]): Wanted<Applicability> => {
    const before = present.get(requirement)
    const known = new Map(before?.decisions.map((each) => [each.from, each.personId]))
    const signed = decisions.map((each) => ({
      ...each,
      personId: each.personId ?? known.get(each.from) ?? null,
    }))
    const laid = laidOver(before?.decisions ?? [], signed, (a, b) => a.from === b.from)
    const fresh = { id: newId(ctx.random), version: 0, programmeId: one.id, requirement }
    const after = { ...(before ?? fresh), decisions: inOrder(laid) }
    return { key: `${part.key}/${requirement}`, path, before, after }
  })
  await bringAll(
    run,
    {
      type: applicability,
      created: 'applicability.decided',
      updated: 'applicability.decided',
      needs: () => [{ permission: 'applicability.decide', scope }],
      problems: ({ after }) => [
        ...applicabilityProblems(after).map((each) => ({ ...each, pointer: '' })),
        ...(assessable.has(after.requirement)
          ? []
          : [
              fieldProblem('/requirements', 'applicability.requirement_unknown', {
                requirement: after.requirement,
              }),
            ]),
      ],
    },
    wanted,
  )
  noteLeft(
    run,
    'applicability',
    [...present.keys()].map((requirement) => `${part.key}/${requirement}`),
    [...named.keys()].map((requirement) => `${part.key}/${requirement}`),
  )
}

export async function bringProgrammes(run: Run): Promise<void> {
  const present = new Map((await everyRecord(run.ctx, programme)).map((one) => [one.key, one]))
  for (const one of present.values()) run.ids.programme.set(one.key, one.id)
  for (const [at, part] of run.programme.programmes.entries()) {
    const saved = await bringProgramme(run, part, at, present.get(part.key))
    await bringDecisions(run, part, saved, at)
    await bringEnd(run, part, saved, at)
  }
  noteLeft(
    run,
    'programme',
    present.keys(),
    run.programme.programmes.map((part) => part.key),
  )
}
