import { z } from 'zod'
import { dataKey } from '../kernel/data-key.ts'

/** Text that says something. */
export const words = z.string().trim().min(1)
export const keySchema = dataKey
export const daySchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
/** A day, month or year: publishers often announce no more than a month. */
export const partialDateSchema = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/)
export const bilingualSchema = z.strictObject({ en: words, ja: words })

/** Whom a PCI DSS requirement binds beyond every assessed entity. */
export const audiences = [
  'all',
  'service-provider',
  'multi-tenant-service-provider',
  'issuer',
  'designated-entity',
] as const
