import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { warningTexts } from '../problems.ts'
import type { Warning } from '../warnings.ts'
import { certificateMessages } from './messages.ts'
import { useNames } from './names.ts'

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)

/** A warning in the reader's language, its days written out. */
export function useWarningText(): (warning: Warning) => string {
  const format = useFormat()
  const names = useNames()
  return ({ code, params }) =>
    (warningTexts[code]?.[format.language] ?? code).replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name]
      if (name === 'step') return names.step(String(value))
      return isDay(value) ? format.day(value) : String(value ?? whole)
    })
}

const tones = { high: 'failing', medium: 'partial', low: 'unknown' } as const

export function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  const t = useWords(certificateMessages)
  const textOf = useWarningText()
  if (warnings.length === 0) return <p className="quiet">{t.noWarnings}</p>
  return warnings.map((warning) => (
    <Notice key={`${warning.code} ${warning.due}`} tone={tones[warning.severity]} calm>
      {textOf(warning)} {warning.source ? <span className="quiet">{warning.source}</span> : null}
    </Notice>
  ))
}
