import { canonicalize } from '#tlog'
import { statementProblems } from '../../context/scope-rules.ts'
import { type ScopeStatement, scopeStatement } from '../../context/scope-statement.ts'
import { scopeOfStatements } from '../../context/server/scope-commands.ts'
import { isIsms } from '../../frameworks/edition.ts'
import type { Scope } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { servicesById } from '../../organisation/server/queries.ts'
import { approvalProblems } from '../../people/approval.ts'
import { editionOf, findProgramme } from '../../programmes/server/queries.ts'
import { bringAll, everyRecord, idOf, noteLeft, type Run, type Wanted } from './run.ts'
import type { PartOf } from './schema-context.ts'

type Path = readonly PropertyKey[]

async function idsOf(run: Run, noun: keyof Run['ids'], keys: readonly string[], path: Path): Promise<Id[]> {
  const ids: Id[] = []
  for (const [index, key] of keys.entries()) ids.push(await idOf(run, noun, key, [...path, index]))
  return ids
}

async function wantedOf(
  run: Run,
  part: PartOf<'scope'>,
  path: Path,
  present: readonly ScopeStatement[],
): Promise<Wanted<ScopeStatement>> {
  const programmeId = await idOf(run, 'programme', part.programme, [...path, 'programme'])
  const before = present.find((one) => one.programmeId === programmeId && one.number === part.number)
  const { number, scope, boundaries, interfaces, exclusions } = part
  const after: ScopeStatement = {
    ...{ id: before?.id ?? newId(run.ctx.random), version: before?.version ?? 0, programmeId, number },
    ...{ scope, boundaries },
    entityIds: await idsOf(run, 'entity', part.entities, [...path, 'entities']),
    serviceIds: await idsOf(run, 'service', part.services, [...path, 'services']),
    ...{ interfaces, exclusions, effectiveFrom: part.effective },
    authorIds: await idsOf(run, 'person', part.authors, [...path, 'authors']),
    draftedOn: part.drafted,
    approval: part.approved && {
      personId: await idOf(run, 'person', part.approved.by, [...path, 'approved', 'by']),
      on: part.approved.on,
    },
    withdrawn: part.withdrawn,
  }
  return { key: `${part.programme} ${number}`, path, before, after }
}

const contentOf = ({ version: _v, withdrawn: _w, ...content }: ScopeStatement) => canonicalize(content)

function problemsOf(
  { before, after }: Wanted<ScopeStatement>,
  series: readonly ScopeStatement[],
  operators: ReadonlyMap<Id, Id>,
  today: string,
): FieldProblem[] {
  const { approval, draftedOn } = after
  const late = [draftedOn, approval?.on, after.withdrawn?.on].some((on) => on != null && on > today)
  return [
    ...statementProblems(after, series, operators),
    ...(approval ? approvalProblems({ ...after, approval: null, withdrawn: null }, approval.personId) : []),
    ...(approval && approval.on < draftedOn
      ? [fieldProblem('/approval', 'interval.end_before_start', { from: draftedOn, to: approval.on })]
      : []),
    ...(late ? [fieldProblem('/draftedOn', 'scope.in_future', { today })] : []),
    ...(before?.approval && contentOf(before) !== contentOf(after)
      ? [fieldProblem('/approval', 'approval.already', { day: before.approval.on })]
      : []),
  ]
}

/** Versions of scope statements. An approval in a file is history: the log says who brought it. */
export async function bringScopes(run: Run): Promise<void> {
  const { ctx } = run
  const present = await everyRecord(ctx, scopeStatement)
  const services = await servicesById(ctx)
  const operators = new Map([...services.values()].map((one) => [one.id, one.entityId]))
  const wanted: Wanted<ScopeStatement>[] = []
  const scopes = new Map<Id, Scope>()
  const foreign = new Set<Id>()
  for (const [at, part] of run.programme.context.entries()) {
    if (part.is !== 'scope') continue
    const one = await wantedOf(run, part, ['context', at], present)
    const { programmeId } = one.after
    const programme = await findProgramme(ctx, programmeId)
    if (!isIsms(editionOf(ctx, programme))) foreign.add(programmeId)
    scopes.set(programmeId, await scopeOfStatements(ctx, programmeId))
    wanted.push(one)
  }
  await bringAll(
    run,
    {
      type: scopeStatement,
      ...{ created: 'scope-statement.drafted', updated: 'scope-statement.drafted' },
      needs: ({ before, after }) => {
        const scope = scopes.get(after.programmeId) ?? 'organisation'
        return [
          { permission: 'scope-statement.draft', scope },
          ...(after.approval && !before?.approval ? [{ permission: 'scope-statement.approve', scope }] : []),
          ...(after.withdrawn && !before?.withdrawn
            ? [{ permission: 'scope-statement.withdraw', scope }]
            : []),
        ]
      },
      problems: (one) => {
        const of = wanted
          .map((each) => each.after)
          .filter((each) => each.programmeId === one.after.programmeId)
        return [
          ...problemsOf(one, of, operators, ctx.today),
          ...(foreign.has(one.after.programmeId)
            ? [fieldProblem('/programme', 'scope.not_iso', { edition: one.key })]
            : []),
        ]
      },
    },
    wanted,
  )
  const keyOf = new Map([...run.ids.programme].map(([key, id]) => [id, key]))
  noteLeft(
    run,
    'scope-statement',
    present.map((one) => `${keyOf.get(one.programmeId) ?? ''} ${one.number}`),
    wanted.map((one) => one.key),
  )
}
