import { z } from 'zod'
import { roles } from '../kernel/actor.ts'
import type { Instant } from '../kernel/clock.ts'
import { idSchema } from '../kernel/id.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText } from '../kernel/text.ts'

/** A key by which a program acts, under its own name and never as its maker. */
export const apiKey = recordType('api_key', 'api_key', {
  name: lineText(120),
  prefix: z.string().max(20),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  role: z.enum(roles),
  entityId: idSchema.nullable(),
  /** Permissions to which the key is limited: `certificate.read`, or `certificate.*`. */
  scopes: z.array(z.string().max(80)).min(1).max(100),
  createdBy: idSchema,
  expiresAt: z.iso.datetime({ precision: 3 }),
  revokedAt: z.iso.datetime({ precision: 3 }).nullable(),
})

export type ApiKey = RecordOf<typeof apiKey>

export const keyWorks = (key: Pick<ApiKey, 'expiresAt' | 'revokedAt'>, now: Instant): boolean =>
  key.revokedAt === null && now < key.expiresAt

/** Longest life of a key in days. */
export const longestKeyDays = 366
