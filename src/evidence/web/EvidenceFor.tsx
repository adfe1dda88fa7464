import { Link } from '@tanstack/react-router'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { Page } from '../../kernel/page.ts'
import { useRead } from '../../web/data.ts'
import { useMayNow } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Failure } from '../../web/ui/Notice.tsx'
import type { Period } from './defaults.ts'
import { EvidenceState } from './EvidenceState.tsx'
import css from './evidence.module.css'
import { GivePanel } from './GivePanel.tsx'
import type { GivingLink } from './giving.ts'
import { LastTime } from './LastTime.tsx'
import { evidenceMessages } from './messages.ts'
import { Reuse } from './Reuse.tsx'
import type { EvidenceAnswer } from './shapes.ts'

/** What evidence is asked for: an occurrence of a control, or its implementation as such. */
export type EvidenceTarget = {
  entityId: Id
  implementationId: Id
  occurrenceId?: Id
  /** The period of the occurrence. */
  period?: Period
  /** The name of the control, for a title where the file has none worth having. */
  name?: LocalText
}

/**
 * Evidence of one task, where the task is: what is there already, what could be used again, last time's example, and a
 * place to drop or paste the new one. Everything else has a sensible value that can be changed.
 */
export default function EvidenceFor({ target, link }: { target: EvidenceTarget; link?: GivingLink }) {
  const t = useWords(evidenceMessages)
  const may = useMayNow()
  const { occurrenceId, implementationId } = target
  const given = useRead<Page<EvidenceAnswer>>('/api/evidence', {
    ...(occurrenceId ? { occurrence: occurrenceId } : { implementation: implementationId }),
    replaced: 'no',
    sort: 'collected',
    limit: 20,
  })
  const items = given.data?.items ?? []
  return (
    <section className={css.for} aria-label={t.title}>
      {given.error ? <Failure error={given.error} /> : null}
      {items.length > 0 ? <Attached items={items} /> : null}
      {may('evidence.add') ? (
        <>
          <Reuse target={target} />
          <div className={css.beside}>
            <GivePanel target={target} {...(link ? { link } : {})} />
            <LastTime target={target} />
          </div>
        </>
      ) : items.length === 0 ? (
        <p className="quiet">{t.nothingAttached}</p>
      ) : null}
    </section>
  )
}

function Attached({ items }: { items: readonly EvidenceAnswer[] }) {
  const t = useWords(evidenceMessages)
  return (
    <div>
      <h4 className={css.forTitle}>{t.attached}</h4>
      <ul className={css.attached}>
        {items.map((one) => (
          <li key={one.id}>
            <Link to="/app/evidence/$id" params={{ id: one.id }}>
              {one.title}
            </Link>
            <EvidenceState one={one} />
          </li>
        ))}
      </ul>
    </div>
  )
}
