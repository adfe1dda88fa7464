import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Evidence } from '../evidence.ts'
import css from './evidence.module.css'
import { evidenceMessages } from './messages.ts'

/** The structured data of an item, which checks read: its kind, size and digest. */
export function DataLine({ data }: { data: Evidence['data'] }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  if (data === null) return null
  return (
    <p className={css.why}>
      {t.data}: <code>{data.kind}</code> · {format.bytes(data.size)} · {t.digest} <code>{data.digest}</code>
    </p>
  )
}
