import type { Stretch } from '../../kernel/word-diff.ts'
import css from './word-changes.module.css'

type WordChangesProps = {
  stretches: readonly Stretch[]
  lang?: string
  /** What a reader who hears the page is told before each stretch. */
  words: { removed: string; added: string }
}

/** A text with what was taken out of it struck through and what was put in underlined: never by colour alone. */
export function WordChanges({ stretches, lang, words }: WordChangesProps) {
  return (
    <p className={css.text} lang={lang}>
      {stretches.map(({ kind, text }, at) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no identity but their place
        if (kind === 'kept') return <span key={at}>{text}</span>
        const Mark = kind === 'removed' ? 'del' : 'ins'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no identity but their place
          <Mark key={at}>
            <span className="unseen">{words[kind]}: </span>
            {text}
          </Mark>
        )
      })}
    </p>
  )
}
