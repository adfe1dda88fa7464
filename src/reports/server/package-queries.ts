import { z } from 'zod'
import { scopeStatementOn } from '../../context/server/queries.ts'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { languageSchema } from '../../kernel/language.ts'
import { entryOfVersion, type ProofParts, proofParts } from '../../log/server/prove.ts'
import { methodOn, risksOn } from '../../risks/server/queries.ts'
import { scopeOfStatement, statementInForce } from '../../soa/server/versions-queries.ts'
import type { Report, ReportKind } from '../report.ts'
import { reportPackage } from '../report-package.ts'
import { reportFor } from './queries.ts'

/** What a stage 1 auditor reads, in the order in which they read it. */
const contents: readonly ReportKind[] = [
  'scope-and-context',
  'risk-assessment',
  'risk-treatment-plan',
  'statement-of-applicability',
  'objectives',
  'documented-information',
  'asset-register',
]

/** A record that was approved or accepted, whose entry proves it. */
export type Cited = { noun: string; id: Id; version: number }

/** Entries that one bundle may hold beside that of the package. */
const mostCited = 90

async function citedOf(ctx: Context, programmeId: Id): Promise<Cited[]> {
  const day = ctx.asOf
  const scope = await scopeStatementOn(ctx, programmeId, day)
  const method = await methodOn(ctx, day)
  const statement = await statementInForce(ctx, programmeId, day)
  const accepted = (await risksOn(ctx, day)).flatMap(({ standing }) =>
    standing.acceptanceState === 'current' && standing.acceptance ? [standing.acceptance] : [],
  )
  const of = (noun: string, one: { id: Id; version: number } | null): Cited[] =>
    one ? [{ noun, id: one.id, version: one.version }] : []
  return [
    ...of('scope-statement', scope),
    ...of('risk-method', method),
    ...of('soa', statement),
    ...accepted.flatMap((one) => of('risk-acceptance', one)),
  ].slice(0, mostCited)
}

const input = z.strictObject({ id: idSchema, language: languageSchema })

export type StageOne = { reports: Report[]; cited: Cited[]; asOf: string }

/** Everything that a package says, read in one transaction as of one day, so that its parts agree with each other. */
export const stageOneReports: Query<Context, z.output<typeof input>, StageOne> = {
  kind: 'query',
  noun: 'report-package',
  action: 'make',
  input,
  output: z.custom<StageOne>(),
  scope: (ctx, { id }) => scopeOfStatement(ctx, id),
  async run(ctx, { id, language }) {
    const version = (await statementInForce(ctx, id, ctx.asOf))?.id
    const reports: Report[] = []
    for (const kind of contents) {
      const about = kind === 'statement-of-applicability' && version ? { version } : {}
      reports.push(await reportFor(ctx, { kind, language, programme: id, ...about }))
    }
    return { reports, cited: await citedOf(ctx, id), asOf: ctx.asOf }
  },
}

const citedSchema = z.strictObject({ noun: z.string(), id: idSchema, version: z.int() })
const proofInput = z.strictObject({
  programme: idSchema,
  package: idSchema,
  cited: z.array(citedSchema).max(100),
})

/** The parts of a package's proof: its own entry first, then those of what it cites. */
export const packageProof: Query<Context, z.output<typeof proofInput>, ProofParts> = {
  kind: 'query',
  noun: 'report-package',
  action: 'make',
  input: proofInput,
  output: z.custom<ProofParts>(),
  scope: (ctx, { programme }) => scopeOfStatement(ctx, programme),
  async run(ctx, one) {
    const { tx, organisationId } = ctx
    const indexes = [await entryOfVersion(tx, organisationId, reportPackage.noun, one.package, 1)]
    for (const { noun, id, version } of one.cited)
      indexes.push(await entryOfVersion(tx, organisationId, noun, id, version))
    return proofParts(tx, organisationId, [...new Set(indexes)])
  },
}
