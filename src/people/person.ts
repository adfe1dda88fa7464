import { z } from 'zod'
import { type Day, daySchema } from '../kernel/day.ts'
import { idSchema } from '../kernel/id.ts'
import { localText } from '../kernel/language.ts'
import { type RecordOf, recordType } from '../kernel/record.ts'

/** An e-mail address in one form: NFKC would merge look-alikes, so anything that it changes is refused. */
export const emailSchema = z
  .email()
  .max(254)
  .refine((text) => text === text.normalize('NFKC'), { error: 'deceptive_character' })
  .transform((text) => text.toLowerCase())

export const personStates = ['invited', 'active', 'left'] as const

/** Someone known to the organisation. Leaving ends what they may do; their past acts keep their name. */
export const person = recordType('person', 'person', {
  name: localText(200),
  email: z.string().max(254),
  entityId: idSchema.nullable(),
  jobTitle: localText(200).nullable(),
  state: z.enum(personStates),
  /** The account with which they sign in; null until they accepted their invitation. */
  accountId: z.string().max(100).nullable(),
  /** The day from which they were gone; null as long as they are here, and where it was not said. */
  leftOn: daySchema.nullable().default(null),
})

export type Person = RecordOf<typeof person>

/** Whether somebody was gone by a day; where nobody said since when, whoever left is taken to be gone on every day. */
export const hasLeft = ({ state, leftOn }: Pick<Person, 'state' | 'leftOn'>, day: Day): boolean =>
  state === 'left' && (leftOn === null || leftOn <= day)

/** What remains of somebody whose data were erased: a mark that a person was here, so that references still hold. */
export const erasedPerson = (one: Person): Person => ({
  ...one,
  name: { en: 'Erased person', ja: '消去された人' },
  email: `erased-${one.id}@invalid`,
  jobTitle: null,
  accountId: null,
})
