import type { Language } from '../kernel/language.ts'
import type { Reason } from './claims.ts'
import { trustProblems } from './problems.ts'

/** A reason in the words of a language. */
export const reasonText = ({ code, params }: Reason, language: Language): string =>
  (trustProblems[code]?.[language] ?? code).replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(params[name] ?? whole),
  )
