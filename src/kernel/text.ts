import { z } from 'zod'

// A NUL cannot be stored by PostgreSQL and a lone surrogate has no UTF-8 form: both would be lost silently.
const unstorable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

/** Whether a text comes back from the database and from UTF-8 as it went in. */
export const isStorable = (text: string): boolean => !unstorable.test(text)

// Control characters, and the bidirectional overrides that make a name read as another one (Trojan Source).
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what is looked for
const deceptive = /[\u0001-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]/

// Invisible in every font, so that two different names can look the same.
const invisible = /[\u00AD\u180E\u200B-\u200F\u2060-\u2064\uFFF9-\uFFFB]/

/** Text of one or more lines, not empty, at most `max` UTF-16 units. */
export const plainText = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine(isStorable, { error: 'unstorable_character' })
    .refine((text) => !deceptive.test(text), { error: 'deceptive_character' })
    .refine((text) => text.trim().length > 0, { error: 'blank' })

/** A name, number or other text of one line: as {@link plainText}, without line breaks, tabs or invisible characters. */
export const lineText = (max: number) =>
  plainText(max)
    .refine((text) => !/[\t\n\r\u2028\u2029]/.test(text), { error: 'line_break' })
    .refine((text) => !invisible.test(text), { error: 'deceptive_character' })
    .refine((text) => text === text.trim(), { error: 'outer_space' })
