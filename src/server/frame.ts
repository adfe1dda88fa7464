import { sql } from 'kysely'
import type { Tx } from '../db/context.ts'
import type { Day } from '../kernel/day.ts'
import type { Id } from '../kernel/id.ts'
import type { Runtime } from './runtime.ts'

/** An organisation's calendar and tree of entities: both decide what any operation may do and see. */
export type Frame = { timeZone: string; demoDay: Day | null; parents: ReadonlyMap<Id, Id | null> }

/** A frame as it is for as long as the log has so many entries. */
export type KnownFrame = { logSize: number; frame: Frame }

/** Organisations whose frames are kept at the same time. */
const mostFrames = 200

type Row = { timeZone: string; demoDay: Day | null; tree: { id: Id; parentId: Id | null }[] }

async function readFrame(tx: Tx): Promise<Frame> {
  const { rows } = await sql<Row>`
    select o.time_zone, o.demo_day,
      (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'parentId', e.parent_id)), '[]') from entity e) as tree
    from organisation o`.execute(tx)
  const { timeZone, demoDay, tree } = rows[0] ?? { timeZone: 'UTC', demoDay: null, tree: [] }
  return { timeZone, demoDay, parents: new Map(tree.map((node) => [node.id, node.parentId])) }
}

/** The frame of an operation, read once for each state of the log; a command (null) reads its own. */
export async function frameOf(
  { frames }: Runtime,
  tx: Tx,
  organisationId: Id,
  logSize: number | null,
): Promise<Frame> {
  if (!frames || logSize === null) return readFrame(tx)
  const known = frames.get(organisationId)
  if (known?.logSize === logSize) return known.frame
  const frame = await readFrame(tx)
  frames.delete(organisationId)
  frames.set(organisationId, { logSize, frame })
  const [oldest] = frames.keys()
  if (frames.size > mostFrames && oldest !== undefined) frames.delete(oldest)
  return frame
}
