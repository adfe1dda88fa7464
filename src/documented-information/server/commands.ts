import type { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { oneOf } from '../../db/loaded.ts'
import { save } from '../../db/save.ts'
import { evidence } from '../../evidence/evidence.ts'
import { isIsms } from '../../frameworks/edition.ts'
import type { Command } from '../../kernel/command.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { approvalBy, authorOf } from '../../people/server/approval-commands.ts'
import { editionOf, findProgramme } from '../../programmes/server/queries.ts'
import { scopeOfStatement } from '../../soa/server/versions-queries.ts'
import { documentDuties } from '../duties.ts'
import { type NamedDocument, namedDocument } from '../named-document.ts'
import { findNamed } from './queries.ts'

type DocumentCommand<Input> = Command<Context, Input, NamedDocument>

const nameInput = namedDocument.schema
  .omit({ version: true, programmeId: true, namedById: true, approval: true, withdrawn: true })
  .describe('The id is that of the programme.')

async function refuseUnknown(
  ctx: Context,
  programmeId: string,
  one: z.output<typeof nameInput>,
): Promise<void> {
  const programme = await findProgramme(ctx, programmeId)
  const edition = editionOf(ctx, programme)
  if (!isIsms(edition))
    throw new Problem('precondition', 'documented.not_isms', { edition: programme.edition })
  const item = await oneOf(ctx, evidence, one.evidenceId)
  const { issuedOn, reviewBy, duty } = one
  refuseInvalid([
    ...(documentDuties(edition).some((each) => each.key === duty)
      ? []
      : [fieldProblem('/duty', 'documented.duty_unknown', { duty, edition: programme.edition })]),
    ...(item ? [] : [fieldProblem('/evidenceId', 'record.reference_unknown')]),
    ...(item?.withdrawn ? [fieldProblem('/evidenceId', 'documented.evidence_withdrawn')] : []),
    ...(issuedOn > ctx.today ? [fieldProblem('/issuedOn', 'documented.future', { day: issuedOn })] : []),
    ...(reviewBy !== null && reviewBy < issuedOn
      ? [fieldProblem('/reviewBy', 'documented.review_before_issue', { issued: issuedOn })]
      : []),
  ])
}

/** Names a kept item as the document or record that a clause requires. */
export const nameDocument: DocumentCommand<z.output<typeof nameInput>> = {
  kind: 'command',
  noun: 'named-document',
  action: 'name',
  input: nameInput,
  output: namedDocument.schema,
  scope: (ctx, { id }) => scopeOfStatement(ctx, id),
  async run(ctx, input) {
    const { id: programmeId, ...said } = input
    await refuseUnknown(ctx, programmeId, input)
    return save(ctx, namedDocument, 'named-document.named', {
      ...{ ...said, id: newId(ctx.random), version: 0, programmeId, namedById: authorOf(ctx) },
      ...{ approval: null, withdrawn: null },
    })
  },
}

const byVersion = namedDocument.schema.pick({ id: true, version: true })

/** Somebody else than who named it says that this document is in force (7.5.2 c). */
export const approveDocument: DocumentCommand<z.output<typeof byVersion>> = {
  kind: 'command',
  noun: 'named-document',
  action: 'approve',
  input: byVersion,
  output: namedDocument.schema,
  scope: async (ctx, { id }) => scopeOfStatement(ctx, (await findNamed(ctx, id)).programmeId),
  async run(ctx, { id, version }) {
    const before = await findNamed(ctx, id)
    const drafted = { ...before, authorIds: [before.namedById], draftedOn: before.issuedOn }
    const approval = await approvalBy(ctx, drafted)
    return save(ctx, namedDocument, 'named-document.approved', { ...before, version, approval })
  },
}

const withdrawInput = byVersion.extend({ reason: plainText(2000) })

/** From today on it satisfies nothing any more; that it did stays readable. */
export const withdrawDocument: DocumentCommand<z.output<typeof withdrawInput>> = {
  kind: 'command',
  noun: 'named-document',
  action: 'withdraw',
  input: withdrawInput,
  output: namedDocument.schema,
  scope: async (ctx, { id }) => scopeOfStatement(ctx, (await findNamed(ctx, id)).programmeId),
  async run(ctx, { id, version, reason }) {
    const before = await findNamed(ctx, id)
    if (before.withdrawn)
      throw new Problem('precondition', 'approval.withdrawn', { day: before.withdrawn.on })
    const withdrawn = { on: ctx.today, reason }
    return save(ctx, namedDocument, 'named-document.withdrawn', { ...before, version, withdrawn }, reason)
  },
}
