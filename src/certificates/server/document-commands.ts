import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { idSchema, newId } from '../../kernel/id.ts'
import { plainText } from '../../kernel/text.ts'
import { type Document, distributionProblems, document } from '../document.ts'
import { schemeOf, scopeOfCertificate } from './answers.ts'
import { findCertificate, findDocument } from './queries.ts'

const scopeOfDocument = async (ctx: Context, id: string) =>
  scopeOfCertificate(await findCertificate(ctx, (await findDocument(ctx, id)).certificateId))

const attachInput = document.schema.omit({ id: true, version: true, withdrawnOn: true })

/** Makes a stored object a document of a certificate. The object must be in the store already, whole. */
export const attachDocument: Command<Context, z.output<typeof attachInput>, Document> = {
  kind: 'command',
  noun: 'document',
  action: 'attach',
  input: attachInput,
  output: document.schema,
  scope: async (ctx, input) => scopeOfCertificate(await findCertificate(ctx, input.certificateId)),
  async run(ctx, input) {
    const owner = await findCertificate(ctx, input.certificateId)
    const problems = distributionProblems(input, schemeOf(ctx, owner))
    if (input.termId !== null && !owner.terms.some((term) => term.id === input.termId)) {
      problems.push(fieldProblem('/termId', 'certificate.term_unknown'))
    }
    refuseInvalid(problems)
    if (!(await ctx.objects.has(input.digest)))
      throw new Problem('not_found', 'record.not_found', { noun: 'object' })
    return save(ctx, document, 'document.attached', {
      ...input,
      id: newId(ctx.random),
      version: 0,
      withdrawnOn: null,
    })
  },
}

const updateInput = document.schema.pick({
  id: true,
  version: true,
  kind: true,
  title: true,
  language: true,
  distribution: true,
})

/** Changes what is said about a document or who may have it; its bytes never change. */
export const updateDocument: Command<Context, z.output<typeof updateInput>, Document> = {
  kind: 'command',
  noun: 'document',
  action: 'update',
  input: updateInput,
  output: document.schema,
  scope: (ctx, { id }) => scopeOfDocument(ctx, id),
  async run(ctx, input) {
    const before = await findDocument(ctx, input.id)
    if (before.withdrawnOn)
      throw new Problem('precondition', 'document.withdrawn', { day: before.withdrawnOn })
    refuseInvalid(
      distributionProblems(input, schemeOf(ctx, await findCertificate(ctx, before.certificateId))),
    )
    return save(ctx, document, 'document.updated', { ...before, ...input })
  },
}

const withdrawInput = z.strictObject({ id: idSchema, version: z.int().min(1), reason: plainText(2000) })

/** Takes a document back. It stays in the history and in pages published before. */
export const withdrawDocument: Command<Context, z.output<typeof withdrawInput>, Document> = {
  kind: 'command',
  noun: 'document',
  action: 'withdraw',
  input: withdrawInput,
  output: document.schema,
  scope: (ctx, { id }) => scopeOfDocument(ctx, id),
  async run(ctx, { id, version, reason }) {
    const before = await findDocument(ctx, id)
    if (before.withdrawnOn)
      throw new Problem('precondition', 'document.withdrawn', { day: before.withdrawnOn })
    return save(ctx, document, 'document.withdrawn', { ...before, version, withdrawnOn: ctx.today }, reason)
  },
}
