import { sql } from 'kysely'
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
import { createPosture, type Posture } from '../posture.ts'
import {
  implementationFact,
  linkFacts,
  type OccurrenceRow,
  occurrenceFacts,
  togetherFacts,
} from '../translate/controls.ts'
import { mappingLinks, requirementFacts } from '../translate/editions.ts'
import {
  checkFact,
  type EvidenceRow,
  evidenceFacts,
  type RunRow,
  resourceFact,
  resultFacts,
} from '../translate/evidence.ts'
import { decisionFacts, programmeFact } from '../translate/programmes.ts'
import { piecesOf } from './pieces.ts'

const allOf = async <R extends RecordType>(ctx: Context, type: R): Promise<RecordOf<R>[]> =>
  (await sql<RecordOf<R>>`select r.* from ${rowsOf(ctx, type, 'r')} order by id`.execute(ctx.tx)).rows

function* each<From, To>(rows: readonly From[], translate: (row: From) => readonly To[]): Generator<To> {
  for (const row of rows) yield* translate(row)
}

/** What an item says of itself as one text, for the driver makes a value of every column of every row. */
type EvidenceLine = { id: Id; said: string; named: string }

const none = '-'

function evidenceRow({ id, said, named }: EvidenceLine): EvidenceRow {
  const [aboutFrom = '', aboutTo = '', collectedOn = '', validUntil = '', tolerance, verdict, on = '', ends] =
    said.split(' ')
  return {
    ...{ id, aboutFrom, aboutTo, collectedOn, validUntil },
    implementationIds: JSON.parse(named) as Id[],
    toleranceDays: Number(tolerance),
    review: verdict === 'accepted' || verdict === 'rejected' ? { verdict, on } : null,
    withdrawn: ends === undefined || ends === none ? null : { on: ends },
  }
}

/** Items that bear on an implementation. */
const evidenceLines = (ctx: Context) => sql<EvidenceLine>`
  select id, implementation_ids::text as named, about_from || ' ' || about_to || ' ' || collected_on || ' ' || valid_until
    || ' ' || tolerance_days || ' ' || coalesce(review ->> 'verdict', ${none}::text) || ' ' || coalesce(review ->> 'on', ${none}::text)
    || ' ' || coalesce(withdrawn ->> 'on', ${none}::text) as said
  from ${rowsOf(ctx, evidence, 'r')} where implementation_ids <> '[]'`

const occurrenceRows = (ctx: Context) => sql<OccurrenceRow>`
  select id, implementation_id, period_from, period_to, due_by, attempts, missed, cancelled
  from ${rowsOf(ctx, occurrence, 'r')} where cancelled is null`

const runRows = (ctx: Context) => sql<RunRow>`
  select id, check_id, ran_on, ran_at, valid_until, results from ${rowsOf(ctx, run, 'r')}`

/** What grows for ever, taken in piece by piece. */
async function addCollected(ctx: Context, posture: Posture): Promise<void> {
  for await (const rows of piecesOf(ctx, evidenceLines(ctx)))
    posture.add(
      'evidence',
      each(rows, (line) => evidenceFacts(evidenceRow(line))),
    )
  for await (const rows of piecesOf(ctx, occurrenceRows(ctx)))
    posture.add('occurrences', each(rows, occurrenceFacts))
  for await (const rows of piecesOf(ctx, runRows(ctx))) posture.add('results', each(rows, resultFacts))
}

/** The entries that the log of this organisation had when this transaction began to read. */
export async function logSize(ctx: Context): Promise<number> {
  if (ctx.logSize !== null) return ctx.logSize
  const { rows } = await sql<{ size: string }>`select size from log_head`.execute(ctx.tx)
  return Number(rows[0]?.size ?? 0)
}

/** Reads all the facts of an organisation and makes its posture: a query for each kind, and more where one runs to many thousands. */
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
    occurrences: [],
    evidence: [],
    checks: (await allOf(ctx, check)).map(checkFact),
    resources: (await allOf(ctx, asset)).map(resourceFact),
    results: [],
  }
  const posture = createPosture(facts)
  await addCollected(ctx, posture)
  return {
    size,
    posture,
    controls: new Map(controls.map((one) => [one.id, one])),
    editions,
  }
}
