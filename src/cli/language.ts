import type { Problem } from '../kernel/error.ts'
import type { Language } from '../kernel/language.ts'
import { problemTexts } from '../server/nouns.ts'

/** The language of the terminal, unless `--lang` names one. Looked up in the words, because refusals need it too. */
export function languageOf(env: NodeJS.ProcessEnv, words: readonly string[]): Language {
  const at = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const named = words[at]?.split('=')[1] ?? (at < 0 ? undefined : words[at + 1])
  return (named ?? env.LC_ALL ?? env.LANG ?? '').startsWith('ja') ? 'ja' : 'en'
}

/** A refusal in words. */
export function wordsOf({ code, params }: Problem, language: Language): string {
  const text = problemTexts[code]?.[language] ?? code
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}
