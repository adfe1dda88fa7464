import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { MethodAnswer, Methods } from '../../risks/web/shapes.ts'
import { call } from '../../web/client.ts'
import { useChange, useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { onboardingMessages } from './messages.ts'
import css from './onboarding.module.css'

/** The method by which risks are judged: a draft to begin with, and who may put it in force. */
export function MethodStep({ approvers }: { approvers: number }) {
  const t = useWords(onboardingMessages)
  const read = useRead<Methods>('/api/risk-methods')
  const start = useChange(() => call('POST', '/api/risk-methods/start', { body: {} }))
  return (
    <Loaded read={read}>
      {({ items, abilities }) => {
        const draft = items.find((one) => one.state === 'draft')
        const inForce = items.find((one) => one.inForce)
        return (
          <>
            {start.error ? <Failure error={start.error} /> : null}
            {inForce ? <InForce one={inForce} /> : null}
            {draft ? <Draft one={draft} approvers={approvers} /> : null}
            {!inForce && !draft && abilities.includes('draft') ? (
              <Empty
                title={t.method.start}
                action={
                  <Button loading={start.isPending} onClick={() => start.mutate(undefined)}>
                    {t.method.start}
                  </Button>
                }
              >
                {t.method.startText}
              </Empty>
            ) : null}
            <h3>{t.method.eyes}</h3>
            <p>{t.method.eyesText}</p>
          </>
        )
      }}
    </Loaded>
  )
}

function InForce({ one }: { one: MethodAnswer }) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  return (
    <Notice tone="met" calm action={<Link to="/app/risks/method">{t.method.read}</Link>}>
      <strong>{t.method.inForce(format.number(one.number))}</strong> {t.method.inForceText}
    </Notice>
  )
}

/** What stands between a draft and being in force. */
function Draft({ one, approvers }: { one: MethodAnswer; approvers: number }) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  const approve = useChange(() =>
    call('POST', `/api/risk-methods/${one.id}/approve`, { body: {}, version: one.version }),
  )
  const mayApprove = one.abilities.includes('approve')
  const others = Math.max(0, approvers - one.authors.length)
  const colon = format.language === 'ja' ? '' : ' '
  return (
    <>
      <Notice
        tone="partial"
        calm
        action={
          <Link to="/app/risks/method" search={(before: object) => ({ ...before, version: one.id })}>
            {t.method.read}
          </Link>
        }
      >
        <strong>{t.method.draft(format.number(one.number))}</strong>
        {colon}
        {one.unreviewed ? t.method.unreviewed : null}
      </Notice>
      <p>
        {t.method.wrote(format.list(one.authors.map((author) => format.text(author.name))))}{' '}
        {mayApprove ? null : others > 0 ? t.method.waits(format.number(others)) : t.method.alone}
      </p>
      {approve.error ? <Failure error={approve.error} /> : null}
      <div className={css.act}>
        {mayApprove ? (
          <>
            <Button loading={approve.isPending} onClick={() => approve.mutate(undefined)}>
              {t.method.approve}
            </Button>
            <span className="quiet">{t.method.approveText}</span>
          </>
        ) : others > 0 ? null : (
          <Link to="/app/start" search={(before: object) => ({ ...before, step: 'people' })}>
            {t.method.toPeople}
          </Link>
        )}
      </div>
    </>
  )
}
