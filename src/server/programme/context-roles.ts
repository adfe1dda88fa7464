import { type IsmsRole, ismsRole } from '../../context/isms-role.ts'
import { problemsOfRole } from '../../context/server/role-commands.ts'
import type { FieldProblem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { bringAll, everyRecord, idOf, idOrNull, laidOver, noteLeft, type Run, type Wanted } from './run.ts'
import type { PartOf } from './schema-context.ts'

type Path = readonly PropertyKey[]

async function wantedOf(run: Run, part: PartOf<'role'>, path: Path, before: IsmsRole | undefined) {
  const { key, name, responsibilities, authority, clauses, from, to } = part
  const holders: IsmsRole['holders'] = []
  for (const [index, one] of part.holders.entries()) {
    const at = [...path, 'holders', index]
    holders.push({
      personId: await idOf(run, 'person', one.person, [...at, 'person']),
      deputyId: await idOrNull(run, 'person', one.deputy, [...at, 'deputy']),
      ...{ from: one.from, to: one.to },
    })
  }
  const after: IsmsRole = {
    ...{ id: before?.id ?? newId(run.ctx.random), version: before?.version ?? 0, key, name },
    ...{ responsibilities, authority, clauses },
    entityId: await idOrNull(run, 'entity', part.entity, [...path, 'entity']),
    holders: laidOver(
      before?.holders ?? [],
      holders,
      (a, b) => a.personId === b.personId && a.from === b.from,
    ),
    ...{ from, to },
  }
  return { key, path, before, after } satisfies Wanted<IsmsRole>
}

/** Roles of the management system with those who held them. */
export async function bringRoles(run: Run): Promise<void> {
  const { ctx } = run
  const present = new Map((await everyRecord(ctx, ismsRole)).map((one) => [one.key, one]))
  const wanted: Wanted<IsmsRole>[] = []
  for (const [at, part] of run.programme.context.entries())
    if (part.is === 'role') wanted.push(await wantedOf(run, part, ['context', at], present.get(part.key)))
  const problems = new Map<Id, FieldProblem[]>()
  for (const { before, after } of wanted)
    problems.set(after.id, await problemsOfRole(ctx, after, before ?? null))
  await bringAll(
    run,
    {
      type: ismsRole,
      ...{ created: 'isms-role.created', updated: 'isms-role.updated' },
      needs: ({ before, after }) => {
        const places = [...new Set([before?.entityId ?? after.entityId, after.entityId])]
        const entities = places.filter((id) => id !== null)
        return [
          {
            permission: `isms-role.${before ? 'update' : 'create'}`,
            scope: entities.length < places.length ? 'organisation' : { entities },
          },
        ]
      },
      problems: ({ after }) => problems.get(after.id) ?? [],
    },
    wanted,
  )
  noteLeft(
    run,
    'isms-role',
    present.keys(),
    wanted.map((one) => one.key),
  )
}
