import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Plain } from '../../web/ui/Plain.tsx'
import type { NamedLine } from '../pasted-names.ts'
import { onboardingMessages } from './messages.ts'
import { FateOf } from './Pasted.tsx'

// Enough to judge a list by; a longer one is added all the same.
const mostShown = 100

type NamedListProps<Kind extends string> = {
  lines: readonly NamedLine<Kind>[]
  kinds: Readonly<Record<Kind, string>>
  /** Whether the list may say countries. */
  countries?: boolean
}

/** What was read of a pasted list of names, line by line, before anything is added. */
export function NamedList<Kind extends string>({ lines, kinds, countries }: NamedListProps<Kind>) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  if (lines.length === 0) return null
  const hidden = lines.length - mostShown
  const head = [t.line, t.name, t.kind, ...(countries ? [t.country] : []), t.fate]
  return (
    <>
      <Plain caption={t.preview} head={head}>
        {lines.slice(0, mostShown).map(({ line, name, kind, country, fate }) => (
          <tr key={line}>
            <td className="tabular">{line}</td>
            <td>{[name.en, name.ja].filter(Boolean).join(' · ')}</td>
            <td>{kinds[kind]}</td>
            {countries ? <td>{country ? format.country(country) : '—'}</td> : null}
            <td>
              <FateOf fate={fate} />
            </td>
          </tr>
        ))}
      </Plain>
      {hidden > 0 ? <p className="quiet">{t.more(format.number(hidden))}</p> : null}
    </>
  )
}

type ThereProps = { names: readonly string[]; children?: React.ReactNode }

/** What is there already, named as far as a line or two goes. */
export function There({ names, children }: ThereProps) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  if (names.length === 0) return null
  const shown = names.slice(0, 12)
  const hidden = names.length - shown.length
  return (
    <p>
      <strong>{t.there(format.number(names.length))}</strong>{' '}
      {shown.join(format.language === 'ja' ? '、' : ', ')}
      {hidden > 0 ? ` ${t.more(format.number(hidden))}` : ''} {children}
    </p>
  )
}
