import { useWords } from '../../web/i18n/catalogue.ts'
import { State, type Tone } from '../../web/ui/State.tsx'
import type { EditionStatus } from '../status.ts'
import { frameworkMessages } from './messages.ts'

const tones: Record<EditionStatus, Tone> = {
  announced: 'accent',
  current: 'met',
  transitional: 'partial',
  superseded: 'none',
  withdrawn: 'none',
}

export function EditionState({ status }: { status: EditionStatus }) {
  const t = useWords(frameworkMessages)
  return <State tone={tones[status]}>{t.statuses[status]}</State>
}
