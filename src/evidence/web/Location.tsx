import css from './evidence.module.css'

/** Where the original is; a web address can be followed. Others' pages learn nothing of this one. */
export function Location({ text }: { text: string }) {
  if (!/^https?:\/\/\S+$/i.test(text)) return <span className={css.location}>{text}</span>
  return (
    <a className={css.location} href={text} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  )
}
