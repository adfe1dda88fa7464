import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Section } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import { ActForm, type DocumentAct } from './ActForm.tsx'
import css from './documented.module.css'
import { holderLink } from './holder-links.ts'
import { documentedMessages } from './messages.ts'
import type { DutyAnswer, HolderAnswer, Tracker } from './shapes.ts'
import { dutyTones } from './tones.ts'

const NameForm = lazy(() => import('./NameForm.tsx'))

type DutyTableProps = {
  title: string
  duties: readonly DutyAnswer[]
  tracker: Tracker
  mayName: boolean
}

/** Duties in the order of their clauses, each with everything that satisfies it. */
export function DutyTable({ title, duties, tracker, mayName }: DutyTableProps) {
  const t = useWords(documentedMessages)
  const format = useFormat()
  const [naming, setNaming] = useState<DutyAnswer | null>(null)
  if (duties.length === 0) return null
  return (
    <Section title={title}>
      <table className={css.table}>
        <caption className="unseen">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t.clause}</th>
            <th scope="col">{t.what}</th>
            <th scope="col">{t.satisfiedBy}</th>
            <th scope="col">{t.currency}</th>
            <th scope="col">{t.state}</th>
          </tr>
        </thead>
        <tbody>
          {duties.map((duty) => (
            <tr key={duty.key}>
              <td>
                <Link
                  to="/app/programmes/$id/$requirement"
                  params={{ id: tracker.programmeId, requirement: duty.requirement }}
                >
                  <code>{duty.clause}</code>
                </Link>
              </td>
              <td>
                {format.text(duty.title)}
                <p className="quiet">{t.forms[duty.form]}</p>
              </td>
              <td data-label={t.satisfiedBy}>
                {duty.holders.length === 0 ? <span className="quiet">{t.nothing}</span> : null}
                {duty.holders.map((one) => (
                  <HolderLine key={`${one.kind} ${one.id}`} one={one} tracker={tracker} />
                ))}
                {mayName && duty.state !== 'not-applicable' ? (
                  <Button
                    className={css.name}
                    size="compact-xs"
                    variant="subtle"
                    onClick={() => setNaming(duty)}
                  >
                    {t.name}
                  </Button>
                ) : null}
              </td>
              <td data-label={t.currency}>
                {duty.holders.map((one) => (
                  <Currency key={`${one.kind} ${one.id}`} one={one} />
                ))}
              </td>
              <td data-label={t.state}>
                <State tone={dutyTones[duty.state]}>{t.states[duty.state]}</State>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {naming ? (
        <Suspense fallback={null}>
          <NameForm duty={naming} programmeId={tracker.programmeId} onClose={() => setNaming(null)} />
        </Suspense>
      ) : null}
    </Section>
  )
}

/** What satisfies a duty, as a way to it. */
function HolderLine({ one, tracker }: { one: HolderAnswer; tracker: Tracker }) {
  const t = useWords(documentedMessages)
  const format = useFormat()
  const [act, setAct] = useState<DocumentAct | null>(null)
  const name = one.name ? format.text(one.name) : t.kinds[one.kind]
  const to = holderLink(one, tracker)
  return (
    <div className={css.holder}>
      <Link to={to}>{name}</Link>
      {one.label ? <span className="quiet"> {t.version(one.label)}</span> : null}
      {one.parts ? (
        <span className="quiet"> {t.parts(format.number(one.parts.all), format.number(one.parts.open))}</span>
      ) : null}
      {one.named?.abilities.includes('approve') ? (
        <Button size="compact-xs" variant="default" onClick={() => setAct('approval')}>
          {t.approve}
        </Button>
      ) : null}
      {one.named?.abilities.includes('withdraw') ? (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setAct('withdrawal')}>
          {t.withdraw}
        </Button>
      ) : null}
      {act && one.named && one.id ? (
        <ActForm id={one.id} version={one.named.version} act={act} onClose={() => setAct(null)} />
      ) : null}
    </div>
  )
}

function Currency({ one }: { one: HolderAnswer }) {
  const t = useWords(documentedMessages)
  const format = useFormat()
  const who = format.list(one.approvers.map((each) => format.text(each.name)))
  const lines = [
    one.approvedOn === null ? who && t.approvedBy(who) : t.approved(who, format.shortDay(one.approvedOn)),
    one.approvedOn === null && one.issuedOn !== null ? t.issued(format.shortDay(one.issuedOn)) : '',
    one.reviewBy === null ? '' : t.until(format.shortDay(one.reviewBy)),
  ].filter(Boolean)
  return (
    <div className={css.holder}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}
