import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { State, type Tone } from '../../web/ui/State.tsx'
import type { EvidenceFile } from '../file.ts'
import css from './evidence.module.css'
import { evidenceMessages } from './messages.ts'

const tones: Readonly<Record<EvidenceFile['cardNumbers'], Tone>> = {
  clean: 'met',
  'test-numbers': 'none',
  doubtful: 'partial',
  'not-inspected': 'unknown',
}

/** What the card-number guard said of a file, and why it could not look into all of it. */
export function Inspection({ file, quietWhenClean }: { file: EvidenceFile; quietWhenClean?: boolean }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  if (quietWhenClean && file.cardNumbers === 'clean') return null
  const why = format.list(file.notInspected.map((reason) => t.inspectionWhy[reason]))
  return (
    <span className={css.inspection}>
      <State tone={tones[file.cardNumbers]}>{t.inspections[file.cardNumbers]}</State>
      {why ? <span className="quiet">{why}</span> : null}
    </span>
  )
}
