import { protectsNothing } from '../../assets/protects.ts'
import { type Control, control } from '../../controls/control.ts'
import { linkProblems } from '../../controls/links.ts'
import { type FieldProblem, fieldProblem, Problem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { formerOf } from './former.ts'
import {
  bringAll,
  everyRecord,
  idOf,
  idOrNull,
  laidOver,
  locatedAt,
  noteLeft,
  type Run,
  type Wanted,
} from './run.ts'
import { type ControlPart, codeOf } from './schema-controls.ts'

type Path = readonly PropertyKey[]

const refuse = (run: Run, path: Path, code: string, params: Record<string, string>) =>
  locatedAt(run, path, () => Promise.reject<never>(new Problem('invalid', code, params)))

/** The words of a control: those of the file, else those that it has, else those of the library. */
async function wordsOf(run: Run, part: ControlPart, before: Control | undefined, path: Path) {
  const shipped = part.adopt === undefined ? undefined : run.ctx.catalogue.library.controls.get(part.adopt)
  if (part.adopt !== undefined && shipped === undefined)
    return refuse(run, [...path, 'adopt'], 'control.library_unknown', { control: part.adopt })
  const name = part.name ?? before?.name ?? shipped?.title
  const objective = part.objective ?? before?.objective ?? shipped?.objective
  if (name === undefined || objective === undefined) throw new Error('the schema asks for both')
  const practice =
    part.practice === undefined ? (before?.practice ?? shipped?.practice ?? null) : part.practice
  const protects = part.protects ?? before?.protects ?? shipped?.protects ?? protectsNothing
  return { name, objective, practice, protects, libraryId: shipped?.id ?? null }
}

/** The version whose links hold: the one that a control has stays, unless the file names another that can be told. */
async function versionOf(run: Run, part: ControlPart, before: Control | undefined, path: Path) {
  const { version, past } = run.ctx.catalogue.library
  if (part.adopt === undefined || before?.libraryId === null) return null
  const known = [...past.keys(), version]
  if (part.library !== undefined && !known.includes(part.library))
    return refuse(run, [...path, 'library'], 'control.library_version_unknown', {
      version: part.library,
      known: known.join(', '),
    })
  return part.library ?? before?.libraryVersion ?? version
}

async function reviewOf(run: Run, part: ControlPart, before: Control | undefined, path: Path) {
  if (part.reviewed === null) return before?.review ?? null
  const { by, on } = part.reviewed
  return { personId: await idOf(run, 'person', by, [...path, 'reviewed', 'by']), on }
}

async function linksOf(run: Run, part: ControlPart, before: Control | undefined, path: Path) {
  const controlLinks: Control['controlLinks'] = []
  for (const [index, { control: code, ...link }] of part.controls.entries())
    controlLinks.push({
      controlId: await idOf(run, 'control', code, [...path, 'controls', index, 'control']),
      ...link,
    })
  const together: Control['together'] = []
  for (const [index, { controls, ...group }] of part.together.entries()) {
    const controlIds: Id[] = []
    for (const [place, code] of controls.entries())
      controlIds.push(await idOf(run, 'control', code, [...path, 'together', index, 'controls', place]))
    together.push({ ...group, controlIds })
  }
  const sameNode = (a: { edition: string; requirement: string }, b: typeof a) =>
    a.edition === b.edition && a.requirement === b.requirement
  return {
    requirementLinks: laidOver(before?.requirementLinks ?? [], part.requirements, sameNode),
    controlLinks: laidOver(before?.controlLinks ?? [], controlLinks, (a, b) => a.controlId === b.controlId),
    together: laidOver(before?.together ?? [], together, sameNode),
  }
}

async function wantedOf(
  run: Run,
  part: ControlPart,
  path: Path,
  id: Id,
  before: Control | undefined,
): Promise<Wanted<Control>> {
  const words = await wordsOf(run, part, before, path)
  const after: Control = {
    id,
    version: before?.version ?? 0,
    code: codeOf(part),
    ...words,
    // What a control was adopted from stays so, whatever a later file says.
    libraryId: before ? before.libraryId : words.libraryId,
    libraryVersion: await versionOf(run, part, before, path),
    review: await reviewOf(run, part, before, path),
    ...(await linksOf(run, part, before, path)),
    ownerId: await idOrNull(run, 'person', part.owner, [...path, 'owner']),
    retiredOn: part.retired ?? before?.retiredOn ?? null,
    former: before ? before.former : await formerOf(run, part.former, path),
  }
  return { key: after.code, path, before, after }
}

function twinProblems(one: Control, others: readonly Control[]): FieldProblem[] {
  const twin = others.find(
    (other) => other.id !== one.id && other.code.toUpperCase() === one.code.toUpperCase(),
  )
  const adopted = others.find(
    (other) =>
      one.libraryId !== null &&
      other.id !== one.id &&
      other.libraryId === one.libraryId &&
      (other.retiredOn === null) === (one.retiredOn === null),
  )
  return [
    ...(twin ? [fieldProblem('/code', 'control.code_taken', { code: one.code })] : []),
    ...(adopted && one.libraryId !== null && one.retiredOn === null
      ? [
          fieldProblem('/libraryId', 'control.adopted_already', {
            control: one.libraryId,
            code: adopted.code,
          }),
        ]
      : []),
  ]
}

const needsOf = ({ before, after }: Wanted<Control>) => {
  const needed = (action: string) => ({ permission: `control.${action}`, scope: 'organisation' as const })
  const first = after.libraryId === null ? 'create' : 'adopt'
  return [
    needed(before ? 'update' : first),
    ...(after.review && before?.review?.on !== after.review.on ? [needed('review')] : []),
    ...(after.retiredOn && !before?.retiredOn ? [needed('retire')] : []),
  ]
}

/** The controls as the file says. A review in it is history: the log says who brought it. */
export async function bringControls(run: Run): Promise<void> {
  const { ctx } = run
  const present = new Map((await everyRecord(ctx, control)).map((one) => [one.code, one]))
  for (const one of present.values()) run.ids.control.set(one.code, one.id)
  const parts = run.programme.controls
  // Controls may name one another in any order, so that each has its id before any is made.
  for (const part of parts)
    if (!present.has(codeOf(part))) run.ids.control.set(codeOf(part), newId(ctx.random))
  const wanted: Wanted<Control>[] = []
  for (const [at, part] of parts.entries()) {
    const path = ['controls', at]
    const id = await idOf(run, 'control', codeOf(part), path)
    wanted.push(await wantedOf(run, part, path, id, present.get(codeOf(part))))
  }
  const all = new Map([...present.values(), ...wanted.map(({ after }) => after)].map((one) => [one.id, one]))
  const others = [...all.values()]
  const problems = ({ after }: Wanted<Control>): FieldProblem[] => [
    ...twinProblems(after, others),
    ...linkProblems(after, others, ctx.catalogue),
    ...(after.review && after.review.on > ctx.today
      ? [fieldProblem('/reviewed/on', 'programme.review_future', { day: after.review.on, today: ctx.today })]
      : []),
  ]
  const isOwn = ({ before, after }: Wanted<Control>) => before === undefined && after.libraryId === null
  const rules = { type: control, updated: 'control.updated', needs: needsOf, problems }
  await bringAll(
    run,
    { ...rules, created: 'control.adopted' },
    wanted.filter((one) => !isOwn(one)),
  )
  await bringAll(run, { ...rules, created: 'control.created' }, wanted.filter(isOwn))
  noteLeft(run, 'control', present.keys(), parts.map(codeOf))
}
