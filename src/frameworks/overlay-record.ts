import { z } from 'zod'
import { languageSchema } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'
import { lineText } from '../kernel/text.ts'
import { digestSchema } from './adopted-edition.ts'
import { keySchema } from './fields.ts'

/**
 * That licensed text of an edition is attached in a language, by whom it is licensed and how many nodes it covers.
 * The text itself is an object which no log entry, export or public page carries; only its digest is here.
 */
export const overlayRecord = recordType('overlay', 'overlay', {
  editionKey: keySchema,
  language: languageSchema,
  licenceHolder: lineText(200),
  digest: digestSchema,
  texts: z.int().min(1),
  /** Taken off: the text is shown no more. */
  removed: z.boolean(),
})

export type OverlayRecord = RecordOf<typeof overlayRecord>
