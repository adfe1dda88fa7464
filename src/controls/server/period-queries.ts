import { sql } from 'kysely'
import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import type { Id } from '../../kernel/id.ts'
import { type Occurrence, occurrence } from '../occurrence.ts'

/** All occurrences of some implementations, cancelled ones too, in the order of their periods. */
export const occurrencesOf = (ctx: Context, implementationIds: readonly Id[]): Promise<Occurrence[]> =>
  implementationIds.length === 0
    ? Promise.resolve([])
    : ctx.tx
        .selectFrom(rowsOf(ctx, occurrence, 'o'))
        .selectAll()
        .where(sql<boolean>`implementation_id = any(${[...new Set(implementationIds)]}::uuid[])`)
        .orderBy('periodFrom')
        .orderBy('id')
        .execute()
