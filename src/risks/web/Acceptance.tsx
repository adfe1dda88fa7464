import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Pairs } from '../../web/ui/Facts.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'
import type { AcceptanceAnswer, RiskRecord } from './shapes.ts'
import { AcceptanceMark } from './words.tsx'

const SayForm = lazy(() => import('./SayForm.tsx'))

/** Who accepted what remains, when, for what, and whether that still holds. */
export function Acceptance({ risk, onAccept }: { risk: RiskRecord; onAccept: () => void }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const past = useIsPast()
  const [revoking, setRevoking] = useState<AcceptanceAnswer | null>(null)
  const may = (ability: string) => !past && risk.abilities.includes(ability)
  const waits = risk.substance !== null && risk.acceptanceState !== 'current' && risk.closed === null
  const accept = may('accept') ? <Button onClick={onAccept}>{t.acceptance.confirm}</Button> : null
  return (
    <>
      {waits && risk.owner && accept === null && !past ? (
        <Notice tone="accent" calm>
          {t.acceptance.waits(format.text(risk.owner.name))}
        </Notice>
      ) : null}
      {risk.acceptances.length === 0 ? (
        <Empty title={t.acceptance.empty} action={accept}>
          {risk.substance === null ? t.acceptance.emptyNothing : t.acceptance.lead}
        </Empty>
      ) : (
        <>
          {accept ? <p style={{ marginBottom: 12 }}>{accept}</p> : null}
          {risk.acceptances.map((one) => (
            <Given
              key={one.id}
              one={one}
              onRevoke={
                may('revoke') && one.state === 'current' && one.id === risk.acceptance?.id
                  ? () => setRevoking(one)
                  : null
              }
            />
          ))}
        </>
      )}
      <Suspense fallback={null}>
        {revoking ? (
          <SayForm
            {...{ title: t.acceptance.revoke, text: t.acceptance.revokeText, save: t.acceptance.revoke }}
            {...{ field: 'reason', label: t.reason }}
            danger
            path={`/api/risk-acceptances/${revoking.id}/revoke`}
            version={revoking.version}
            onClose={() => setRevoking(null)}
          />
        ) : null}
      </Suspense>
    </>
  )
}

function Given({ one, onRevoke }: { one: AcceptanceAnswer; onRevoke: (() => void) | null }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  return (
    <article className={css.accepted} data-state={one.state}>
      <div className={css.buttons}>
        <AcceptanceMark state={one.state} />
        {onRevoke ? (
          <Button size="compact-xs" variant="default" onClick={onRevoke}>
            {t.revoke}
          </Button>
        ) : null}
      </div>
      <Pairs
        facts={[
          { label: t.acceptance.by, value: one.person ? format.text(one.person.name) : '—' },
          {
            label: t.acceptance.on,
            value: `${format.day(one.on)} · ${t.acceptance.version(format.number(one.riskVersion))}`,
          },
          { label: t.acceptance.holds, value: one.until ? format.day(one.until) : t.acceptance.change },
          ...(one.note ? [{ label: t.acceptance.note, value: one.note }] : []),
          ...(one.revoked
            ? [
                {
                  label: t.acceptance.states.revoked,
                  value: `${format.day(one.revoked.on)}: ${one.revoked.reason}`,
                },
              ]
            : []),
        ]}
      />
      <span className={css.digest}>SHA-256 {one.substance}</span>
    </article>
  )
}
