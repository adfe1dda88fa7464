import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import { saveAll } from '../../db/save.ts'
import { type Command, permissionOf, type Scope } from '../../kernel/command.ts'
import { type FieldProblem, fieldProblem, Problem } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import type { RecordOf, RecordType } from '../../kernel/record.ts'
import { parseInput } from '../input.ts'
import { type Change, differences } from './change.ts'
import type { ProgrammeFile } from './file.ts'

type Path = readonly PropertyKey[]

/** One comparison of a programme with an organisation, which makes the organisation as the programme says. */
export type Run = ProgrammeFile & {
  ctx: Context
  changes: Change[]
  /** Digests of the files that the programme names, by their paths. */
  files: Readonly<Record<string, string>>
  /** Digests that are named and not here yet. */
  missing: Set<string>
  /** Contents that stand in the file itself and are to be stored, by digest. */
  texts: Map<string, Uint8Array>
  /** A rehearsal does not stop at a missing file. */
  rehearsal: boolean
  /** Accounts of new people by e-mail address: only where Assay itself made them. */
  accounts: ReadonlyMap<string, string>
  /** Ids by key, filled as the parts come to be. */
  /** People who have left: a file does not bring them back. */
  gone: Set<Id>
  /** Ids of terms by `certificate/term`. */
  termIds: Map<string, Id>
  ids: {
    entity: Map<string, Id>
    service: Map<string, Id>
    person: Map<string, Id>
    certificate: Map<string, Id>
    asset: Map<string, Id>
    programme: Map<string, Id>
    /** By code. */
    control: Map<string, Id>
  }
}

/** All records of a kind as they are now: a programme is compared with the whole organisation. */
export const everyRecord = async <R extends RecordType>(ctx: Context, type: R): Promise<RecordOf<R>[]> => [
  ...(await everyOf(ctx, type)).values(),
]

/** A command of a noun as part of this transaction, with its own permission and its own validation. */
export async function within<Input, Output>(
  ctx: Context,
  command: Command<Context, Input, Output>,
  raw: unknown,
): Promise<Output> {
  const input = parseInput(command.input, raw)
  const permission = permissionOf(command)
  if (!ctx.can(permission, await command.scope(ctx, input)))
    throw new Problem('forbidden', 'access.forbidden', { permission })
  return command.run(ctx, input)
}

const pointerOf = (path: Path) => path.map((part) => `/${String(part)}`).join('')

// The names that records have where the file has keys.
const fileNames: Readonly<Record<string, string>> = {
  parentId: 'parent',
  entityId: 'entity',
  serviceId: 'service',
  memberTo: 'member',
  offeredTo: 'offered',
  effectiveTo: 'effective',
  termId: 'term',
  digest: 'file',
  ownerId: 'owner',
  serviceIds: 'services',
  certificateId: 'certificate',
  inUseTo: 'inUse',
  inUseFrom: 'inUse',
  auditOn: 'audit',
  libraryId: 'adopt',
  libraryVersion: 'library',
  requirementLinks: 'requirements',
  controlLinks: 'controls',
  controlId: 'control',
  controlIds: 'controls',
  endedOn: 'ended',
  retiredOn: 'retired',
  aboutFrom: 'about',
  aboutTo: 'about',
  collectedOn: 'collected',
  validUntil: 'valid',
  requirementIds: 'requirements',
  assetIds: 'assets',
  implementationIds: 'for',
  occurrenceIds: 'for',
  identifiedOn: 'identified',
  issueIds: 'issues',
  obligationIds: 'obligations',
  methodId: 'method',
  plannedOn: 'planned',
  dueOn: 'due',
  doneOn: 'done',
  draftedOn: 'drafted',
  entityIds: 'entities',
  programmeIds: 'programmes',
  partyId: 'party',
  authorIds: 'authors',
  personId: 'person',
  deputyId: 'deputy',
  effectiveFrom: 'effective',
  readById: 'by',
  measuredById: 'measuredBy',
  evaluatedById: 'evaluatedBy',
  approval: 'approved',
}

const pathOf = (pointer: string): PropertyKey[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : (fileNames[part] ?? part)))

/** Runs a part of the programme; what a noun refuses is said with the place in the file. */
export async function locatedAt<T>(
  { placeOf }: ProgrammeFile,
  path: Path,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'programme.refused') throw error
    const found = error.fields.length > 0 ? error.fields : [fieldProblem('', error.code, error.params)]
    const fields = found.map(({ pointer, code, params }) => {
      const whole = [...path, ...pathOf(pointer)]
      return fieldProblem(pointerOf(whole), code, { ...params, ...placeOf(whole) })
    })
    throw new Problem(error.kind, 'programme.refused', { count: fields.length }, fields)
  }
}

/** The id behind a key; a key that names nothing is refused where it stands. */
export async function idOf(run: Run, noun: keyof Run['ids'], key: string, path: Path): Promise<Id> {
  const id = run.ids[noun].get(key)
  if (id !== undefined) return id
  return locatedAt(run, path, () =>
    Promise.reject(new Problem('invalid', 'programme.reference', { noun, key })),
  )
}

export const idOrNull = async (run: Run, noun: keyof Run['ids'], key: string | null, path: Path) =>
  key === null ? null : idOf(run, noun, key, path)

type Part<R> = {
  noun: string
  key: string
  path: Path
  before: R | undefined
  /** The fields that the file decides. */
  after: Readonly<Record<string, unknown>>
  create: () => Promise<R>
  update: (before: R) => Promise<R>
}

/** Makes one record as the file says, and notes what that took: nothing, when it is so already. */
export async function bring<R extends Readonly<Record<string, unknown>>>(
  run: Run,
  part: Part<R>,
): Promise<R> {
  const { noun, key, path, before, after } = part
  if (before === undefined) {
    run.changes.push({ action: 'create', noun, key, fields: differences({}, after) })
    return locatedAt(run, path, part.create)
  }
  const fields = differences(before, after)
  run.changes.push({ action: fields.length > 0 ? 'update' : 'unchanged', noun, key, fields })
  return fields.length > 0 ? locatedAt(run, path, () => part.update(before)) : before
}

/** Notes what the organisation has and the file does not name. */
export function noteLeft(run: Run, noun: string, present: Iterable<string>, named: Iterable<string>): void {
  const known = new Set(named)
  for (const key of present) if (!known.has(key)) run.changes.push({ action: 'left', noun, key, fields: [] })
}

export type Wanted<R> = {
  key: string
  path: Path
  before: R | undefined
  /** The whole record as it is to be, with the id and version of `before`, or a new id and version 0. */
  after: R
}

type Batch<T extends RecordType> = {
  type: T
  /** The log's words for a new record and for a changed one. */
  created: string
  updated: string
  /** Permissions that the change needs, each with where it is needed. */
  needs: (one: Wanted<RecordOf<T>>) => { permission: string; scope: Scope }[]
  problems: (one: Wanted<RecordOf<T>>) => FieldProblem[]
}

type Changed<R> = { one: Wanted<R>; fields: Change['fields'] }

/** Every fault of every part, each with its place, in one refusal. */
export function refuseLocated(
  { placeOf }: ProgrammeFile,
  faults: readonly { path: Path; problems: readonly FieldProblem[] }[],
): void {
  const fields = faults.flatMap((fault) =>
    fault.problems.map(({ pointer, code, params }) => {
      const whole = [...fault.path, ...pathOf(pointer)]
      return fieldProblem(pointerOf(whole), code, { ...params, ...placeOf(whole) })
    }),
  )
  if (fields.length > 0)
    throw new Problem('invalid', 'programme.refused', { count: fields.length }, fields.slice(0, 100))
}

/**
 * Makes many records of a kind as the file says in a few statements. What is so already changes nothing; everything that
 * is wrong is said at once. Gives the records in the order of the parts.
 */
export async function bringAll<T extends RecordType>(
  run: Run,
  batch: Batch<T>,
  wanted: readonly Wanted<RecordOf<T>>[],
): Promise<RecordOf<T>[]> {
  const { ctx } = run
  const { type } = batch
  const judged = wanted.map((one): Changed<RecordOf<T>> => {
    const fields = differences(one.before ?? {}, one.after as Readonly<Record<string, unknown>>)
    return {
      one,
      fields: one.before ? fields : fields.filter(({ field }) => !['id', 'version'].includes(field)),
    }
  })
  for (const { one, fields } of judged) {
    const action = one.before === undefined ? 'create' : fields.length > 0 ? 'update' : 'unchanged'
    run.changes.push({ action, noun: type.noun, key: one.key, fields })
  }
  const changed = judged.filter(({ one, fields }) => one.before === undefined || fields.length > 0)
  for (const { one } of changed) {
    const refused = batch.needs(one).find(({ permission, scope }) => !ctx.can(permission, scope))
    if (refused) throw new Problem('forbidden', 'access.forbidden', { permission: refused.permission })
  }
  refuseLocated(
    run,
    changed.map(({ one }) => ({ path: one.path, problems: batch.problems(one) })),
  )
  const isNew = ({ one }: Changed<RecordOf<T>>) => one.before === undefined
  const save = (entryType: string, parts: readonly Changed<RecordOf<T>>[]) =>
    saveAll(
      ctx,
      type,
      entryType,
      parts.map(({ one }) => one.after),
    )
  const saved = [
    ...(await save(batch.created, changed.filter(isNew))),
    ...(await save(
      batch.updated,
      changed.filter((one) => !isNew(one)),
    )),
  ]
  const byId = new Map(saved.map((one) => [(one as { id: Id }).id, one]))
  return wanted.map(({ after }) => byId.get((after as { id: Id }).id) ?? after)
}

/** A present list with the file's items laid over it: an item that the file does not name stays. */
export function laidOver<T>(
  present: readonly T[],
  wanted: readonly T[],
  matches: (a: T, b: T) => boolean,
): T[] {
  const rest = [...wanted]
  const kept = present.map((one) => {
    const at = rest.findIndex((other) => matches(one, other))
    return at === -1 ? one : (rest.splice(at, 1)[0] ?? one)
  })
  return [...kept, ...rest]
}
