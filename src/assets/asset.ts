import { z } from 'zod'
import { daySchema } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import { idSchema } from '../kernel/id.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText } from '../kernel/text.ts'
import { keySchema } from '../organisation/entity.ts'

export const assetKinds = ['information', 'system', 'service', 'site', 'supplier', 'people'] as const

/** Something the organisation protects, and of which a check can speak. */
export const asset = recordType('asset', 'asset', {
  key: keySchema,
  name: localText(200),
  kind: z.enum(assetKinds),
  entityId: idSchema,
  /** The services that it takes part in: they decide in whose scope it lies. */
  serviceIds: z.array(idSchema).max(200),
  ownerId: idSchema.nullable(),
  /** What tools call it: host names, addresses, account numbers. */
  identifiers: z.array(lineText(300)).max(50),
  inUseFrom: daySchema.nullable(),
  inUseTo: daySchema.nullable(),
})

export type Asset = RecordOf<typeof asset>

/** Tools differ in case and white space when they name the same thing. The SQL function `identifier_forms` does the same. */
export const identifierForm = (text: string): string =>
  text
    .trim()
    .normalize('NFKC')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** What is wrong with an asset by itself. */
export function assetProblems(one: Asset): FieldProblem[] {
  const forms = one.identifiers.map(identifierForm)
  return [
    ...(one.inUseFrom && one.inUseTo && one.inUseTo < one.inUseFrom
      ? [fieldProblem('/inUseTo', 'interval.end_before_start', { from: one.inUseFrom, to: one.inUseTo })]
      : []),
    ...forms.flatMap((form, index) =>
      forms.indexOf(form) < index ? [fieldProblem(`/identifiers/${index}`, 'asset.identifier_twice')] : [],
    ),
  ]
}
