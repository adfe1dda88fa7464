import { lazy, Suspense } from 'react'
import type { Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import { useMay } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import type { GivingLink } from './giving.ts'
import { evidenceMessages } from './messages.ts'
import css from './slot.module.css'

const EvidenceFor = lazy(() => import('./EvidenceFor.tsx'))

type Occasion = {
  id: Id
  implementationId: Id
  entityId: Id
  periodFrom: Day
  periodTo: Day
  control: { name: LocalText }
}

/** The evidence of one occurrence, where the occurrence is shown; for who may read evidence. `link` leads to what records. */
export function EvidenceSlot({ one, link }: { one: Occasion; link?: GivingLink }) {
  const t = useWords(evidenceMessages)
  const may = useMay()
  if (!may('evidence.read')) return null
  return (
    <div>
      <h3 className={css.slotTitle}>{t.title}</h3>
      <Suspense fallback={null}>
        <EvidenceFor
          key={one.id}
          {...(link ? { link } : {})}
          target={{
            entityId: one.entityId,
            implementationId: one.implementationId,
            occurrenceId: one.id,
            period: { from: one.periodFrom, to: one.periodTo },
            name: one.control.name,
          }}
        />
      </Suspense>
    </div>
  )
}
