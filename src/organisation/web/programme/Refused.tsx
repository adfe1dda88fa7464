import { ApiProblem, type FieldError } from '../../../web/client.ts'
import { useWords } from '../../../web/i18n/catalogue.ts'
import { useFormat } from '../../../web/i18n/format.ts'
import { Failure, Notice } from '../../../web/ui/Notice.tsx'
import { programmeMessages } from './messages.ts'

/** A fault with its place in the file, counted from 1. */
type PlacedError = FieldError & { line?: number; column?: number; file?: string }

// Some texts name the place themselves.
const saysItself = /^Line \d|^\d+行/

/** Why a programme is refused, each fault with the line and column where it stands. */
export function Refused({ error }: { error: unknown }) {
  const t = useWords(programmeMessages)
  const format = useFormat()
  if (!(error instanceof ApiProblem) || error.fields.length === 0) return <Failure error={error} />
  const place = ({ line, column, file, detail, pointer }: PlacedError) => {
    if (line === undefined || column === undefined) return pointer
    if (saysItself.test(detail)) return ''
    const [at, beside] = [format.number(line), format.number(column)]
    return file ? t.placeIn(file, at, beside) : t.place(at, beside)
  }
  return (
    <Notice tone="failing">
      {error.message}
      <ul>
        {error.fields.map((field) => {
          const where = place(field)
          return (
            <li key={`${where} ${field.pointer} ${field.code}`}>
              {where ? <code>{where}</code> : null} {field.detail}
            </li>
          )
        })}
      </ul>
    </Notice>
  )
}
