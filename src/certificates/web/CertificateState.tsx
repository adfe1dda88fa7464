import { useWords } from '../../web/i18n/catalogue.ts'
import { State } from '../../web/ui/State.tsx'
import type { CertificateState as StateName } from '../cycle.ts'
import { certificateMessages } from './messages.ts'
import { stateTones } from './names.ts'

export function CertificateState({ state }: { state: StateName }) {
  const t = useWords(certificateMessages)
  return <State tone={stateTones[state]}>{t.states[state]}</State>
}
