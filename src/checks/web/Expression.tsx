import { Fragment } from 'react'
import css from './checks.module.css'

// The words and signs of CEL (https://cel.dev), enough to tell them apart by eye; nothing is evaluated here.
const token =
  /(?<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<number>\b\d+(?:\.\d+)?u?\b)|(?<word>\b(?:true|false|null|in)\b)|(?<root>\b(?:resource|facts|tool)\b)|(?<call>\b[a-zA-Z_]\w*(?=\s*\())/g

/** An expression with its parts in different colours; what it is made of stays plain text to read and copy. */
export function Expression({ text }: { text: string }) {
  const parts: { text: string; kind: string | null }[] = []
  let at = 0
  for (const match of text.matchAll(token)) {
    if (match.index > at) parts.push({ text: text.slice(at, match.index), kind: null })
    const kind = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0] ?? null
    parts.push({ text: match[0], kind })
    at = match.index + match[0].length
  }
  parts.push({ text: text.slice(at), kind: null })
  return (
    <pre className={css.expression}>
      <code>
        {parts.map((part, index) =>
          part.kind === null ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have nothing but their place
            <Fragment key={index}>{part.text}</Fragment>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have nothing but their place
            <span key={index} className={css[part.kind]}>
              {part.text}
            </span>
          ),
        )}
      </code>
    </pre>
  )
}
