import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { fieldProblem, Problem } from '../../kernel/error.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { inLanguage, languageSchema } from '../../kernel/language.ts'
import { theOrganisation } from '../../organisation/server/queries.ts'
import { scopeOfStatement } from '../../soa/server/versions-queries.ts'
import { assetReport } from '../content/assets.ts'
import { certificateReport } from '../content/certificates.ts'
import { contextReport } from '../content/context.ts'
import { documentedReport } from '../content/documented.ts'
import { objectivesReport } from '../content/objectives.ts'
import type { Head } from '../content/parts.ts'
import { riskAssessmentReport, treatmentPlanReport } from '../content/risks.ts'
import { statementReport } from '../content/statement.ts'
import { summaryReport } from '../content/summary.ts'
import { contentDigest } from '../digest.ts'
import { type Report, type ReportKind, reportKinds } from '../report.ts'
import {
  assetFacts,
  certificateFacts,
  contextFacts,
  documentedFacts,
  objectiveFacts,
  riskFacts,
  summaryFacts,
} from './facts.ts'
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
    throw new Problem('invalid', 'input.invalid', { count: 1 }, [
      fieldProblem('/programme', 'report.programme_missing'),
    ])
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

type Maker = (ctx: Context, input: ReportInput, head: Head) => Promise<Report>

/** Every report: what it is made from, and by which builder. */
const makers: Record<ReportKind, Maker> = {
  'statement-of-applicability': async (ctx, input, head) => {
    const facts = await statementFacts(ctx, programmeIn(input), input.version ?? null)
    return statementReport(facts, { ...head, asOf: facts.asOf })
  },
  'risk-assessment': async (ctx, _, head) => riskAssessmentReport(await riskFacts(ctx), head),
  'risk-treatment-plan': async (ctx, _, head) => treatmentPlanReport(await riskFacts(ctx), head),
  'asset-register': async (ctx, _, head) => assetReport(await assetFacts(ctx), head),
  'scope-and-context': async (ctx, input, head) =>
    contextReport(await contextFacts(ctx, programmeIn(input)), head),
  objectives: async (ctx, _, head) => objectivesReport(await objectiveFacts(ctx), head),
  'documented-information': async (ctx, input, head) =>
    documentedReport(await documentedFacts(ctx, programmeIn(input)), head),
  'certificate-register': async (ctx, _, head) => certificateReport(await certificateFacts(ctx), head),
  'executive-summary': async (ctx, _, head) => summaryReport(await summaryFacts(ctx), head),
}

/** A report for whoever has been let in to what it says. */
export const reportFor = async (ctx: Context, input: ReportInput): Promise<Report> =>
  makers[input.kind](ctx, input, await headOf(ctx, input))

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
    const report = await reportFor(ctx, input)
    return { report, digest: contentDigest(report) }
  },
}
