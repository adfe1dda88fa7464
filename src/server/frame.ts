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

/** A row of `frameQuery`. */
export type FrameRow = { timeZone: string; demoDay: Day | null; tree: { id: Id; parentId: Id | null }[] }

/** What a frame is made of; row-level security says whose. */
export const frameQuery = `select o.time_zone, o.demo_day,
  (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'parentId', e.parent_id)), '[]') from entity e) as tree
  from organisation o`

/** An organisation that does not exist yet has nothing. */
export function frameFrom(rows: readonly FrameRow[]): Frame {
  const { timeZone, demoDay, tree } = rows[0] ?? { timeZone: 'UTC', demoDay: null, tree: [] }
  return { timeZone, demoDay, parents: new Map(tree.map((node) => [node.id, node.parentId])) }
}

/** The frame of a reading, read once for each state of the log; null where there is no log. */
export async function frameOf(
  { frames }: Runtime,
  tx: Tx,
  organisationId: Id,
  logSize: number | null,
): Promise<Frame> {
  const read = async () => frameFrom((await sql.raw<FrameRow>(frameQuery).execute(tx)).rows)
  if (!frames || logSize === null) return read()
  const known = frames.get(organisationId)
  if (known?.logSize === logSize) return known.frame
  const frame = await read()
  frames.delete(organisationId)
  frames.set(organisationId, { logSize, frame })
  const [oldest] = frames.keys()
  if (frames.size > mostFrames && oldest !== undefined) frames.delete(oldest)
  return frame
}
