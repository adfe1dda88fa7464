import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { State } from '../../web/ui/State.tsx'
import { checkMessages } from './messages.ts'
import type { CheckAnswer } from './shapes.ts'

/** Who answers for a check; somebody who left is marked as such. */
export function Owner({ check }: { check: CheckAnswer }) {
  const t = useWords(checkMessages)
  const format = useFormat()
  if (!check.owner) return <span className="quiet">{t.nobody}</span>
  const name = format.text(check.owner.name)
  return check.needsHandover ? <State tone="failing">{t.ownerLeft(name)}</State> : name
}
