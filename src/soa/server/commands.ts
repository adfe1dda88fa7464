import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { idSchema, newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { isDraft, withAuthor } from '../../people/approval.ts'
import { approvalBy, authorOf } from '../../people/server/approval-commands.ts'
import { logSize } from '../../posture/server/current-queries.ts'
import { lastDayBy } from '../../programmes/programme.ts'
import { findProgramme } from '../../programmes/server/queries.ts'
import { diffOf } from '../diff.ts'
import { blocking, gapsOf } from '../gaps.ts'
import { type SoaRow, type SoaVersion, soaVersion } from '../soa-version.ts'
import { statementOf } from './facts-queries.ts'
import { findVersion, scopeOfStatement, versionsOf } from './versions-queries.ts'

type SoaCommand<Input> = Command<Context, Input, SoaVersion>

function refuseSettled(one: SoaVersion): void {
  if (!isDraft(one)) throw new Problem('precondition', 'soa.not_draft', { number: one.number })
}

/** Rows as of a day, with the size of the log that they were made from. */
async function stated(ctx: Context, programmeId: string, day: string) {
  const programme = await findProgramme(ctx, programmeId)
  const rows = await statementOf(ctx, programme, day)
  if (rows.length === 0) throw new Problem('precondition', 'soa.empty')
  return { rows, asOf: lastDayBy(programme, day), logSize: await logSize(ctx) }
}

/** Nobody states today what will be. */
function refuseFuture(ctx: Context, day: string): void {
  if (day > ctx.today) refuseInvalid([fieldProblem('/asOf', 'soa.in_future', { day, today: ctx.today })])
}

const draftInput = z.strictObject({
  id: idSchema,
  /** The day whose facts it states; today when absent. */
  asOf: daySchema.optional(),
  note: plainText(4000).nullable().default(null),
})

/** Freezes the statement of a day as the next numbered version, to be approved by somebody else. */
export const draftStatement: SoaCommand<z.output<typeof draftInput>> = {
  kind: 'command',
  noun: 'soa',
  action: 'draft',
  input: draftInput,
  output: soaVersion.schema,
  scope: (ctx, { id }) => scopeOfStatement(ctx, id),
  async run(ctx, { id, asOf = ctx.today, note }) {
    refuseFuture(ctx, asOf)
    const { edition } = await findProgramme(ctx, id)
    const before = await versionsOf(ctx, [id])
    const open = before.find(isDraft)
    if (open) throw new Problem('conflict', 'soa.draft_open', { number: open.number })
    return save(ctx, soaVersion, 'soa.drafted', {
      ...{ id: newId(ctx.random), version: 0, programmeId: id, edition, note },
      number: (before.at(-1)?.number ?? 0) + 1,
      ...(await stated(ctx, id, asOf)),
      ...{ authorIds: [authorOf(ctx)], draftedOn: ctx.today, approval: null, withdrawn: null },
    })
  },
}

const renewInput = soaVersion.schema
  .pick({ id: true, version: true })
  .extend({ asOf: daySchema.optional(), note: plainText(4000).nullable().optional() })

/** States again what the draft states, from the facts as they are now. Whoever does becomes one of its authors. */
export const renewStatement: SoaCommand<z.output<typeof renewInput>> = {
  kind: 'command',
  noun: 'soa',
  action: 'draft',
  input: renewInput,
  output: soaVersion.schema,
  scope: async (ctx, { id }) => scopeOfStatement(ctx, (await findVersion(ctx, id)).programmeId),
  async run(ctx, { id, version, asOf = ctx.today, note }) {
    refuseFuture(ctx, asOf)
    const before = await findVersion(ctx, id)
    refuseSettled(before)
    return save(ctx, soaVersion, 'soa.drafted', {
      ...{ ...before, version, note: note === undefined ? before.note : note },
      ...(await stated(ctx, before.programmeId, asOf)),
      ...{ authorIds: withAuthor(before.authorIds, authorOf(ctx)), draftedOn: ctx.today },
    })
  },
}

/** Decisions, not how far evidence has come since: those may change between draft and approval. */
const decided = (rows: readonly SoaRow[]) =>
  rows.map((row) => ({ ...row, ownerIds: [], evidenceIds: [], evidenceCount: 0 }))

async function refuseOutdated(ctx: Context, one: SoaVersion): Promise<void> {
  const now = await statementOf(ctx, await findProgramme(ctx, one.programmeId), one.asOf)
  if (diffOf(decided(one.rows), decided(now)).length > 0) throw new Problem('conflict', 'soa.outdated')
}

function refuseGaps(rows: readonly SoaRow[]): void {
  const found = [
    ...new Set(gapsOf(rows).flatMap(({ kind, reference }) => (blocking.has(kind) ? [reference] : []))),
  ]
  const references = `${found.slice(0, 12).join(', ')}${found.length > 12 ? ' …' : ''}`
  if (found.length > 0)
    throw new Problem('precondition', 'soa.gaps', { count: String(found.length), references })
}

const byVersion = soaVersion.schema.pick({ id: true, version: true })

/** Another person than its authors approves it; from then on it stays as it is (ISO/IEC 27006-1 cites it by number). */
export const approveStatement: SoaCommand<z.output<typeof byVersion>> = {
  kind: 'command',
  noun: 'soa',
  action: 'approve',
  seal: true,
  input: byVersion,
  output: soaVersion.schema,
  scope: async (ctx, { id }) => scopeOfStatement(ctx, (await findVersion(ctx, id)).programmeId),
  async run(ctx, { id, version }) {
    const before = await findVersion(ctx, id)
    const approval = await approvalBy(ctx, before)
    refuseGaps(before.rows)
    await refuseOutdated(ctx, before)
    return save(ctx, soaVersion, 'soa.approved', { ...before, version, approval })
  },
}

const withdrawInput = byVersion.extend({ reason: plainText(2000) })

/** Gives up a draft, or takes an approved version out of force; it stays readable with the reason. */
export const withdrawStatement: SoaCommand<z.output<typeof withdrawInput>> = {
  kind: 'command',
  noun: 'soa',
  action: 'withdraw',
  input: withdrawInput,
  output: soaVersion.schema,
  scope: async (ctx, { id }) => scopeOfStatement(ctx, (await findVersion(ctx, id)).programmeId),
  async run(ctx, { id, version, reason }) {
    const before = await findVersion(ctx, id)
    if (before.withdrawn)
      throw new Problem('precondition', 'approval.withdrawn', { day: before.withdrawn.on })
    const withdrawn = { on: ctx.today, reason }
    return save(ctx, soaVersion, 'soa.withdrawn', { ...before, version, withdrawn }, reason)
  },
}
