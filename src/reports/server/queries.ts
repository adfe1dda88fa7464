import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { inLanguage, languageSchema } from '../../kernel/language.ts'
import { theOrganisation } from '../../organisation/server/queries.ts'
import { scopeOfStatement } from '../../soa/server/versions-queries.ts'
import type { Head } from '../content/parts.ts'
import { statementReport } from '../content/statement.ts'
import { contentDigest } from '../digest.ts'
import { type Report, reportKinds } from '../report.ts'
import { integrityOf } from './integrity.ts'
import { statementFacts } from './statement-facts.ts'

export const reportInput = z.strictObject({
  kind: z.enum(reportKinds),
  language: languageSchema,
  programme: idSchema.optional(),
  /** A kept version instead of the state of the day. */
  version: idSchema.optional(),
})

export type ReportInput = z.output<typeof reportInput>

function programmeIn(input: ReportInput): Id {
  if (input.programme === undefined)
    return refuseInvalid([fieldProblem('/programme', 'report.programme_missing')]) as never
  return input.programme
}

const cell = z.union([z.string(), z.number(), z.null()])
const tone = z.enum(['good', 'partial', 'bad', 'unknown'])

const blockSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('heading'),
    level: z.union([z.literal(1), z.literal(2)]),
    text: z.string(),
  }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({
    kind: z.literal('facts'),
    items: z.array(z.strictObject({ label: z.string(), value: z.string() })).readonly(),
  }),
  z.strictObject({ kind: z.literal('note'), tone, text: z.string() }),
  z.strictObject({ kind: z.literal('page') }),
  z.strictObject({
    ...{ kind: z.literal('figure'), svg: z.string(), alt: z.string() },
    ...{ widthShare: z.number(), caption: z.string() },
  }),
  z.strictObject({
    ...{ kind: z.literal('table'), key: z.string(), title: z.string(), empty: z.string() },
    columns: z
      .array(
        z.strictObject({
          ...{ key: z.string(), label: z.string(), share: z.number().nullable() },
          align: z.enum(['start', 'end']),
        }),
      )
      .readonly(),
    rows: z.array(z.array(cell).readonly()).readonly(),
  }),
])

const reportSchema = z.strictObject({
  kind: z.enum(reportKinds),
  language: languageSchema,
  ...{ title: z.string(), organisation: z.string(), subject: z.string(), version: z.string().nullable() },
  ...{ asOf: daySchema, knownAt: z.string().nullable(), integrity: z.int(), landscape: z.boolean() },
  blocks: z.array(blockSchema).readonly(),
})

const answerSchema = z.strictObject({ report: reportSchema, digest: z.string() })

async function headOf(ctx: Context, { language }: ReportInput): Promise<Head> {
  const { name } = await theOrganisation(ctx)
  return {
    ...{ language, organisation: inLanguage(name, language), asOf: ctx.asOf, knownAt: ctx.knownAt },
    integrity: await integrityOf(ctx),
  }
}

const makers: Partial<
  Record<Report['kind'], (ctx: Context, input: ReportInput, head: Head) => Promise<Report>>
> = {
  'statement-of-applicability': async (ctx, input, head) => {
    const facts = await statementFacts(ctx, programmeIn(input), input.version ?? null)
    return statementReport(facts, { ...head, asOf: facts.asOf ?? head.asOf })
  },
}

/** One report in one language: what the screen, the PDF and the spreadsheet are made from. */
export const getReport: Query<Context, ReportInput, z.output<typeof answerSchema>> = {
  kind: 'query',
  noun: 'report',
  action: 'read',
  input: reportInput,
  output: answerSchema,
  scope: (ctx, { programme }) =>
    programme === undefined ? 'organisation' : scopeOfStatement(ctx, programme),
  async run(ctx, input) {
    const make = makers[input.kind]
    if (!make) throw new Problem('not_found', 'record.not_found', { noun: 'report' })
    const report = await make(ctx, input, await headOf(ctx, input))
    return { report, digest: contentDigest(report) }
  },
}
