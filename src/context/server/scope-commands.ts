import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import { isIsms } from '../../frameworks/edition.ts'
import type { Command, Scope } from '../../kernel/command.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema, newId } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { plainText } from '../../kernel/text.ts'
import { allServices, entitiesById, servicesById } from '../../organisation/server/queries.ts'
import { isDraft, withAuthor } from '../../people/approval.ts'
import { approvalBy, authorOf } from '../../people/server/approval-commands.ts'
import type { Programme } from '../../programmes/programme.ts'
import { editionOf, findProgramme, scopeOfProgramme } from '../../programmes/server/queries.ts'
import { exclusionProblems, statementProblems } from '../scope-rules.ts'
import { exclusionSchema, type ScopeStatement, scopeStatement } from '../scope-statement.ts'
import { findScopeStatement, scopeStatementsOf } from './queries.ts'
import { unknownIn } from './references.ts'

type ScopeCommand<Input> = Command<Context, Input, ScopeStatement>

/** The entities that a grant over a programme's statement must reach: those of the programme. */
export const scopeOfStatements = async (ctx: Context, programmeId: Id): Promise<Scope> =>
  scopeOfProgramme(await findProgramme(ctx, programmeId), await allServices(ctx))

/** Only the standards of management systems ask for a scope statement (4.3). */
export function refuseOther(ctx: Context, one: Programme): void {
  if (!isIsms(editionOf(ctx, one)))
    throw new Problem('precondition', 'scope.not_iso', { edition: one.edition })
}

const contentInput = scopeStatement.schema
  .omit({
    ...{ id: true, version: true, programmeId: true, number: true },
    ...{ authorIds: true, draftedOn: true, approval: true, withdrawn: true },
  })
  .extend({
    // A reason that is missing is told in words that say why it is asked for, not as a missing field.
    exclusions: z
      .array(exclusionSchema.extend({ justification: localText(2000).nullable().default(null) }))
      .max(100),
  })

type Content = z.output<typeof contentInput>

async function stated(
  ctx: Context,
  content: Content,
  number: number,
  series: readonly ScopeStatement[],
): Promise<Pick<ScopeStatement, keyof Content>> {
  const services = await servicesById(ctx)
  const operators = new Map([...services.values()].map((one) => [one.id, one.entityId]))
  refuseInvalid([
    ...exclusionProblems(content.exclusions),
    ...statementProblems({ ...content, number }, series, operators),
    ...unknownIn('/entityIds', content.entityIds, await entitiesById(ctx)),
    ...unknownIn('/serviceIds', content.serviceIds, services),
  ])
  const exclusions = content.exclusions.flatMap(({ what, justification }) =>
    justification === null ? [] : [{ what, justification }],
  )
  return { ...content, exclusions }
}

const draftInput = contentInput.extend({ id: idSchema })

/** Begins the next version of a programme's statement, to be approved by somebody else. */
export const draftScope: ScopeCommand<z.output<typeof draftInput>> = {
  kind: 'command',
  noun: 'scope-statement',
  action: 'draft',
  input: draftInput,
  output: scopeStatement.schema,
  scope: (ctx, { id }) => scopeOfStatements(ctx, id),
  async run(ctx, { id, ...content }) {
    refuseOther(ctx, await findProgramme(ctx, id))
    const series = await scopeStatementsOf(ctx, [id])
    const open = series.find(isDraft)
    if (open) throw new Problem('conflict', 'scope.draft_open', { number: open.number })
    const number = (series.at(-1)?.number ?? 0) + 1
    return save(ctx, scopeStatement, 'scope-statement.drafted', {
      ...(await stated(ctx, content, number, series)),
      ...{ id: newId(ctx.random), version: 0, programmeId: id, number },
      ...{ authorIds: [authorOf(ctx)], draftedOn: ctx.today, approval: null, withdrawn: null },
    })
  },
}

function refuseSettled(one: ScopeStatement): void {
  if (one.withdrawn) throw new Problem('precondition', 'approval.withdrawn', { day: one.withdrawn.on })
  if (one.approval) throw new Problem('precondition', 'approval.already', { day: one.approval.on })
}

const editInput = contentInput.extend({ id: idSchema, version: z.int().min(1) })

/** Changes a draft. Whoever does becomes one of its authors. */
export const editScope: ScopeCommand<z.output<typeof editInput>> = {
  kind: 'command',
  noun: 'scope-statement',
  action: 'draft',
  input: editInput,
  output: scopeStatement.schema,
  scope: async (ctx, { id }) => scopeOfStatements(ctx, (await findScopeStatement(ctx, id)).programmeId),
  async run(ctx, { id, version, ...content }) {
    const before = await findScopeStatement(ctx, id)
    refuseSettled(before)
    const series = await scopeStatementsOf(ctx, [before.programmeId])
    return save(ctx, scopeStatement, 'scope-statement.drafted', {
      ...before,
      ...(await stated(ctx, content, before.number, series)),
      ...{ version, authorIds: withAuthor(before.authorIds, authorOf(ctx)), draftedOn: ctx.today },
    })
  },
}

const byVersion = scopeStatement.schema.pick({ id: true, version: true })

/** Another person than its authors approves it; from then on it stays as it is. */
export const approveScope: ScopeCommand<z.output<typeof byVersion>> = {
  kind: 'command',
  noun: 'scope-statement',
  action: 'approve',
  seal: true,
  input: byVersion,
  output: scopeStatement.schema,
  scope: async (ctx, { id }) => scopeOfStatements(ctx, (await findScopeStatement(ctx, id)).programmeId),
  async run(ctx, { id, version }) {
    const before = await findScopeStatement(ctx, id)
    const approval = await approvalBy(ctx, before)
    return save(ctx, scopeStatement, 'scope-statement.approved', { ...before, version, approval })
  },
}

const withdrawInput = byVersion.extend({ reason: plainText(2000) })

/** Gives up a draft, or takes an approved version out of force; it stays readable with the reason. */
export const withdrawScope: ScopeCommand<z.output<typeof withdrawInput>> = {
  kind: 'command',
  noun: 'scope-statement',
  action: 'withdraw',
  input: withdrawInput,
  output: scopeStatement.schema,
  scope: async (ctx, { id }) => scopeOfStatements(ctx, (await findScopeStatement(ctx, id)).programmeId),
  async run(ctx, { id, version, reason }) {
    const before = await findScopeStatement(ctx, id)
    if (before.withdrawn)
      refuseInvalid([fieldProblem('/withdrawn', 'approval.withdrawn', { day: before.withdrawn.on })])
    const withdrawn = { on: ctx.today, reason }
    return save(ctx, scopeStatement, 'scope-statement.withdrawn', { ...before, version, withdrawn }, reason)
  },
}
