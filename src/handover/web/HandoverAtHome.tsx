import { Link } from '@tanstack/react-router'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { handoverMessages } from './messages.ts'
import type { Handovers } from './shapes.ts'

/** Says at home what nobody answers for; nothing where everything has somebody. */
export function HandoverAtHome() {
  const t = useWords(handoverMessages)
  const format = useFormat()
  const { data } = useRead<Handovers>('/api/handovers')
  if (data === undefined || data.total === 0) return null
  return (
    <Notice tone="partial" calm action={<Link to="/app/handover">{t.handOver}</Link>}>
      {data.total === 1 ? t.homeOne : t.home(format.number(data.total))}
    </Notice>
  )
}
