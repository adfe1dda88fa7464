import { type NamedDocument, namedDocument } from '../../documented-information/named-document.ts'
import { evidence } from '../../evidence/evidence.ts'
import { fieldProblem, Problem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { approvalProblems } from '../../people/approval.ts'
import { scopeOfStatement } from '../../soa/server/versions-queries.ts'
import { bringAll, everyRecord, idOf, locatedAt, noteLeft, type Run, type Wanted } from './run.ts'
import type { NamedDocumentPart } from './schema-statements.ts'

const keyOf = (part: Pick<NamedDocumentPart, 'programme' | 'duty' | 'issued'>) =>
  `${part.programme} ${part.duty} ${part.issued}`

async function wantedOf(
  run: Run,
  part: NamedDocumentPart,
  at: number,
  present: readonly NamedDocument[],
  items: ReadonlyMap<string, Id>,
): Promise<Wanted<NamedDocument>> {
  const path = ['documents', at]
  const programmeId = await idOf(run, 'programme', part.programme, [...path, 'programme'])
  const evidenceId = items.get(part.evidence)
  if (evidenceId === undefined)
    return locatedAt(run, [...path, 'evidence'], () =>
      Promise.reject(new Problem('invalid', 'programme.reference', { noun: 'evidence', key: part.evidence })),
    )
  const before = present.find(
    (one) => one.programmeId === programmeId && one.duty === part.duty && one.issuedOn === part.issued,
  )
  const after: NamedDocument = {
    ...{ id: before?.id ?? newId(run.ctx.random), version: before?.version ?? 0, programmeId, evidenceId },
    ...{
      duty: part.duty,
      name: part.name,
      label: part.label,
      issuedOn: part.issued,
      reviewBy: part.reviewBy,
    },
    namedById: await idOf(run, 'person', part.namedBy, [...path, 'namedBy']),
    approval: part.approved && {
      personId: await idOf(run, 'person', part.approved.by, [...path, 'approved', 'by']),
      on: part.approved.on,
    },
    withdrawn: part.withdrawn,
  }
  return { key: keyOf(part), path, before, after }
}

function problemsOf({ after }: Wanted<NamedDocument>) {
  const { approval, namedById, issuedOn } = after
  const drafted = { ...after, authorIds: [namedById], draftedOn: issuedOn, approval: null, withdrawn: null }
  return [
    ...(approval ? approvalProblems(drafted, approval.personId) : []),
    ...(after.reviewBy !== null && after.reviewBy < issuedOn
      ? [fieldProblem('/reviewBy', 'documented.review_before_issue', { issued: issuedOn })]
      : []),
  ]
}

/** Documents come after the evidence that they are kept as. */
export async function bringNamedDocuments(run: Run): Promise<void> {
  const { ctx, programme: file } = run
  const present = await everyRecord(ctx, namedDocument)
  if (file.documents.length === 0 && present.length === 0) return
  const items = new Map((await everyRecord(ctx, evidence)).map((one) => [one.title, one.id]))
  const programmes = new Map([...run.ids.programme].map(([key, id]) => [id, key]))
  const scopes = new Map<Id, Awaited<ReturnType<typeof scopeOfStatement>>>()
  const wanted: Wanted<NamedDocument>[] = []
  for (const [at, part] of file.documents.entries()) {
    const one = await wantedOf(run, part, at, present, items)
    wanted.push(one)
    scopes.set(one.after.programmeId, await scopeOfStatement(ctx, one.after.programmeId))
  }
  await bringAll(
    run,
    {
      type: namedDocument,
      created: 'named-document.named',
      updated: 'named-document.named',
      needs: ({ after }) => {
        const scope = scopes.get(after.programmeId) ?? 'organisation'
        return [
          { permission: 'named-document.name', scope },
          ...(after.approval ? [{ permission: 'named-document.approve', scope }] : []),
        ]
      },
      problems: problemsOf,
    },
    wanted,
  )
  noteLeft(
    run,
    'named-document',
    present.map((one) =>
      keyOf({ programme: programmes.get(one.programmeId) ?? '', duty: one.duty, issued: one.issuedOn }),
    ),
    file.documents.map(keyOf),
  )
}
