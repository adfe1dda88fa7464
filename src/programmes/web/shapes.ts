import type { LocalText } from '../../kernel/language.ts'
import type { Programme } from '../programme.ts'

/** A programme as the API answers it: the record, and what follows from it on the day asked about. */
export type ProgrammeAnswer = Programme & {
  editionName: LocalText
  running: boolean
  requirements: number
  notApplicable: number
  abilities: string[]
}
