import { type RawBuilder, sql } from 'kysely'
import { asset } from '../../assets/asset.ts'
import { check } from '../../checks/check.ts'
import { run } from '../../checks/run.ts'
import { control } from '../../controls/control.ts'
import { implementation } from '../../controls/implementation.ts'
import { occurrence } from '../../controls/occurrence.ts'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { evidence } from '../../evidence/evidence.ts'
import type { Edition } from '../../frameworks/edition.ts'
import type { Id } from '../../kernel/id.ts'
import type { RecordOf, RecordType } from '../../kernel/record.ts'
import { allEntities, allServices } from '../../organisation/server/queries.ts'
import { applicability } from '../../programmes/applicability.ts'
import { programme } from '../../programmes/programme.ts'
import type { Facts } from '../facts.ts'
import type { HeldPosture } from '../held.ts'
import { createPosture } from '../posture.ts'
import { implementationFact, linkFacts, occurrenceFacts, togetherFacts } from '../translate/controls.ts'
import { mappingLinks, requirementFacts } from '../translate/editions.ts'
import {
  checkFact,
  type EvidenceRow,
  evidenceFacts,
  resourceFact,
  resultFacts,
} from '../translate/evidence.ts'
import { decisionFacts, programmeFact } from '../translate/programmes.ts'

/** Rows per read of the tables that grow for ever. */
const batch = 20_000

const allOf = async <R extends RecordType>(ctx: Context, type: R): Promise<RecordOf<R>[]> =>
  (await sql<RecordOf<R>>`select r.* from ${rowsOf(ctx, type, 'r')} order by id`.execute(ctx.tx)).rows

/** All rows of a large table, in pieces, of the columns named. */
async function inPieces<Row extends { id: Id }>(
  ctx: Context,
  type: RecordType,
  columns: string,
): Promise<Row[]> {
  const found: Row[] = []
  let last: Id | null = null
  do {
    const after: RawBuilder<unknown> = last === null ? sql`true` : sql`r.id > ${last}::uuid`
    const piece: { rows: Row[] } = await sql<Row>`
      select ${sql.raw(columns)} from ${rowsOf(ctx, type, 'r')} where ${after} order by r.id limit ${batch}`.execute(
      ctx.tx,
    )
    found.push(...piece.rows)
    last = piece.rows.length < batch ? null : (piece.rows.at(-1)?.id ?? null)
  } while (last !== null)
  return found
}

const evidenceColumns =
  'id, implementation_ids, about_from, about_to, collected_on, valid_until, tolerance_days, review, withdrawn'

const bearing = (rows: readonly EvidenceRow[]) => rows.filter((row) => row.implementationIds.length > 0)

function* each<From, To>(rows: readonly From[], translate: (row: From) => readonly To[]): Generator<To> {
  for (const row of rows) yield* translate(row)
}

/** The entries that the log of this organisation had when this transaction began to read. */
export async function logSize(ctx: Context): Promise<number> {
  const { rows } = await sql<{ size: string }>`select size from log_head`.execute(ctx.tx)
  return Number(rows[0]?.size ?? 0)
}

/** Reads all the facts of an organisation and makes its posture: eleven queries, and more where evidence runs to many thousands. */
export async function loadPosture(ctx: Context): Promise<HeldPosture> {
  const size = await logSize(ctx)
  const { catalogue } = ctx
  const controls = await allOf(ctx, control)
  const programmes = await allOf(ctx, programme)
  const decisions = await allOf(ctx, applicability)
  const editions = new Map(programmes.map((one) => [one.id, one.edition]))
  const known = (key: string): Edition[] => {
    const edition = catalogue.editions.get(key)
    return edition ? [edition] : []
  }
  const facts: Facts = {
    entities: await allEntities(ctx),
    services: await allServices(ctx),
    requirements: requirementFacts(catalogue),
    programmes: programmes.flatMap((one) => known(one.edition).map((edition) => programmeFact(one, edition))),
    decisions: decisions.flatMap((one) => decisionFacts(one, editions.get(one.programmeId) ?? '')),
    links: [...mappingLinks(catalogue), ...controls.flatMap((one) => linkFacts(one, catalogue.library))],
    together: togetherFacts(controls, catalogue.library),
    implementations: (await allOf(ctx, implementation)).map(implementationFact),
    occurrences: each(await inPieces<RecordOf<typeof occurrence>>(ctx, occurrence, '*'), occurrenceFacts),
    evidence: each(bearing(await inPieces<EvidenceRow>(ctx, evidence, evidenceColumns)), evidenceFacts),
    checks: (await allOf(ctx, check)).map(checkFact),
    resources: (await inPieces<RecordOf<typeof asset>>(ctx, asset, '*')).map(resourceFact),
    results: each(await inPieces<RecordOf<typeof run>>(ctx, run, '*'), resultFacts),
  }
  return {
    size,
    posture: createPosture(facts),
    controls: new Map(controls.map((one) => [one.id, one])),
    editions,
  }
}
