import { isDeepStrictEqual } from 'node:util'
import { obligation } from '../../context/obligation.ts'
import { fieldProblem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { approvalProblems } from '../../people/approval.ts'
import { logSize } from '../../posture/server/current-queries.ts'
import { findProgramme } from '../../programmes/server/queries.ts'
import { risk } from '../../risks/risk.ts'
import { statementOf } from '../../soa/server/facts-queries.ts'
import { scopeOfStatement } from '../../soa/server/versions-queries.ts'
import { type SoaRow, type SoaVersion, soaVersion } from '../../soa/soa-version.ts'
import { bringAll, everyRecord, idOf, locatedAt, noteLeft, type Run, type Wanted } from './run.ts'
import type { RowPart, StatementPart } from './schema-statements.ts'

type Keyed = ReadonlyMap<string, Id>
type Known = { risks: Keyed; obligations: Keyed }

/** What the rows of files may name beside controls and people. */
async function knownIn({ ctx }: Run): Promise<Known> {
  return {
    risks: new Map((await everyRecord(ctx, risk)).map((one) => [one.code, one.id])),
    obligations: new Map((await everyRecord(ctx, obligation)).map((one) => [one.key, one.id])),
  }
}

async function rowOf(
  run: Run,
  part: RowPart,
  edition: string,
  known: Known,
  path: PropertyKey[],
): Promise<SoaRow> {
  const named = async <T>(list: readonly T[], idOfOne: (one: T) => Id | undefined | Promise<Id>) => {
    const found: { one: T; id: Id }[] = []
    for (const one of list) {
      const id = await idOfOne(one)
      // What a version cited may have gone since; its word in the row stays without a link.
      if (id !== undefined) found.push({ one, id })
    }
    return found
  }
  const controls = await named(part.controls, (one) => run.ids.control.get(one.code))
  const owners = await named(part.owners, (key) => idOf(run, 'person', key, [...path, 'owners']))
  const risks = await named(part.risks, (code) => known.risks.get(code))
  const obligations = await named(part.obligations, (one) => known.obligations.get(one.key))
  return {
    ...{ reference: part.reference, edition: part.own ? null : edition, applicable: part.applicable },
    ...{ reasons: part.reasons, justification: part.justification, state: part.state, since: part.since },
    controls: controls.map(({ one, id }) => ({ id, code: one.code, name: one.name })),
    ownerIds: owners.map(({ id }) => id),
    risks: risks.map(({ one, id }) => ({ id, code: one })),
    obligations: obligations.map(({ one, id }) => ({ id, name: one.name })),
    ...{ evidenceIds: [], evidenceCount: part.evidence },
  }
}

/** A file counts evidence without naming it: a row that is there and says the same keeps the items that it named. */
function namingEvidence(rows: readonly SoaRow[], before: SoaVersion | undefined): SoaRow[] {
  const stated = new Map(before?.rows.map((one) => [one.reference, one]))
  return rows.map((row) => {
    const known = stated.get(row.reference)
    return known?.evidenceCount === row.evidenceCount ? { ...row, evidenceIds: known.evidenceIds } : row
  })
}

const samePlace = (one: SoaVersion, programmeId: Id, part: StatementPart) =>
  one.programmeId === programmeId && one.number === part.number

async function wantedOf(
  run: Run,
  part: StatementPart,
  at: number,
  present: readonly SoaVersion[],
  known: Known,
): Promise<Wanted<SoaVersion>> {
  const { ctx } = run
  const path = ['statements', at]
  const programmeId = await idOf(run, 'programme', part.programme, [...path, 'programme'])
  const programme = await findProgramme(ctx, programmeId)
  const before = present.find((one) => samePlace(one, programmeId, part))
  const authorIds: Id[] = []
  for (const key of part.authors) authorIds.push(await idOf(run, 'person', key, [...path, 'authors']))
  const rows: SoaRow[] = []
  for (const [index, row] of (part.rows ?? []).entries())
    rows.push(await rowOf(run, row, programme.edition, known, [...path, 'rows', index]))
  const generate = () => locatedAt(run, path, () => statementOf(ctx, programme, part.asOf))
  const approval = part.approved && {
    personId: await idOf(run, 'person', part.approved.by, [...path, 'approved', 'by']),
    on: part.approved.on,
  }
  const after: SoaVersion = {
    ...{ id: before?.id ?? newId(ctx.random), version: before?.version ?? 0, programmeId },
    ...{ number: part.number, edition: programme.edition, asOf: part.asOf, note: part.note },
    logSize: before?.logSize ?? (await logSize(ctx)),
    // A version that is there keeps what it stated: facts that came later belong to a later version.
    rows: part.rows === undefined ? (before?.rows ?? (await generate())) : namingEvidence(rows, before),
    ...{ authorIds, draftedOn: part.drafted, approval, withdrawn: part.withdrawn },
  }
  return { key: `${part.programme} ${part.number}`, path, before, after }
}

function problemsOf({ before, after }: Wanted<SoaVersion>, today: string) {
  const { approval, draftedOn, asOf } = after
  const own = approval
    ? approvalProblems({ ...after, approval: null, withdrawn: null }, approval.personId)
    : []
  const settled = before?.approval != null && !isDeepStrictEqual(before.rows, after.rows)
  return [
    ...own,
    ...(asOf > today || draftedOn > today || (approval?.on ?? today) > today
      ? [fieldProblem('/asOf', 'soa.in_future', { day: asOf, today })]
      : []),
    ...(approval !== null && approval.on < draftedOn
      ? [fieldProblem('/approval', 'interval.end_before_start', { from: draftedOn, to: approval.on })]
      : []),
    ...(settled ? [fieldProblem('/rows', 'soa.not_draft', { number: String(after.number) })] : []),
    ...(after.rows.length === 0 ? [fieldProblem('/rows', 'soa.empty')] : []),
  ]
}

/** Statements come after everything that they state. */
export async function bringStatements(run: Run): Promise<void> {
  const { ctx, programme: file } = run
  const present = await everyRecord(ctx, soaVersion)
  const known = await knownIn(run)
  const keyOf = new Map([...run.ids.programme].map(([key, id]) => [id, key]))
  const wanted: Wanted<SoaVersion>[] = []
  const scopes = new Map<Id, Awaited<ReturnType<typeof scopeOfStatement>>>()
  for (const [at, part] of file.statements.entries()) {
    const one = await wantedOf(run, part, at, present, known)
    wanted.push(one)
    scopes.set(one.after.programmeId, await scopeOfStatement(ctx, one.after.programmeId))
  }
  await bringAll(
    run,
    {
      type: soaVersion,
      created: 'soa.drafted',
      updated: 'soa.drafted',
      needs: ({ after }) => {
        const scope = scopes.get(after.programmeId) ?? 'organisation'
        return [
          { permission: 'soa.draft', scope },
          ...(after.approval ? [{ permission: 'soa.approve', scope }] : []),
        ]
      },
      problems: (one) => problemsOf(one, ctx.today),
    },
    wanted,
  )
  noteLeft(
    run,
    'soa',
    present.map((one) => `${keyOf.get(one.programmeId) ?? ''} ${one.number}`),
    file.statements.map((part) => `${part.programme} ${part.number}`),
  )
}
