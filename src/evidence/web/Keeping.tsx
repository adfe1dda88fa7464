import { Link } from '@tanstack/react-router'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Pairs } from '../../web/ui/Facts.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import { stateTones } from './EvidenceState.tsx'
import css from './evidence.module.css'
import { evidenceMessages } from './messages.ts'
import type { EvidenceDetail } from './shapes.ts'
import { useAbout } from './validity.ts'

type KeepingProps = { one: EvidenceDetail; named: (id: string | null) => string }

/** How long an item is kept, what forbids its disposal, and which items came before and after it. */
export function Keeping({ one, named }: KeepingProps) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const about = useAbout()
  const lines = (...parts: (string | null)[]) => parts.filter(Boolean).join(' · ')
  return (
    <>
      <Section title={t.keeping}>
        <Pairs
          facts={[
            { label: t.addedBy, value: named(one.addedById) },
            {
              label: t.validity,
              value: lines(
                format.day(one.validUntil),
                one.validityStated ? t.validityStated : t.validityDerived,
                one.toleranceDays > 0 ? t.tolerance(format.number(one.toleranceDays)) : null,
              ),
            },
            { label: t.retention, value: one.retainUntil ? format.day(one.retainUntil) : t.retentionOpen },
            {
              label: t.hold,
              value: one.hold
                ? lines(t.holdSince(format.day(one.hold.since)), named(one.hold.personId), one.hold.reason)
                : t.noHold,
            },
            ...(one.review?.note
              ? [
                  {
                    label: t.verdict,
                    value: lines(t.verdicts[one.review.verdict], named(one.review.personId), one.review.note),
                  },
                ]
              : []),
          ]}
        />
      </Section>
      <Section title={t.revisions}>
        <p className={css.why}>{t.revisionsText}</p>
        <ol className={css.revisions}>
          {one.revisions.map((each) => (
            <li key={each.id}>
              {each.id === one.id ? (
                <b>
                  {each.title} <span className="quiet">({t.thisOne})</span>
                </b>
              ) : (
                <Link to="/app/evidence/$id" params={{ id: each.id }}>
                  {each.title}
                </Link>
              )}
              <span className="quiet tabular">{about(each)}</span>
              <State tone={stateTones[each.state]}>{t.states[each.state]}</State>
            </li>
          ))}
        </ol>
      </Section>
    </>
  )
}
