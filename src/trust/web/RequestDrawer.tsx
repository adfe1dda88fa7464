import { Button, CopyButton, Drawer, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { Pairs } from '../../web/ui/Facts.tsx'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { trustMessages } from './messages.ts'
import type { RequestAnswer } from './shapes.ts'
import css from './trust.module.css'

type RequestDrawerProps = { request: RequestAnswer; onClose: () => void }

/** One request with its decision. The link of an approval is shown once. */
export function RequestDrawer({ request, onClose }: RequestDrawerProps) {
  const t = useWords(trustMessages)
  const shell = useWords(shellMessages)
  const format = useFormat()
  const past = useIsPast()
  const instant = (value: string | null) => (value ? format.instant(value) : '—')
  return (
    <Drawer
      opened
      onClose={onClose}
      title={`${request.requesterName}, ${request.requesterCompany}`}
      closeButtonProps={{ 'aria-label': shell.form.close }}
    >
      <Pairs
        facts={[
          { label: t.email, value: request.requesterEmail },
          { label: t.purpose, value: request.purpose },
          { label: t.language, value: t.languages[request.language] },
          { label: t.requestedAt, value: format.instant(request.requestedAt) },
          { label: t.terms, value: <code>{request.termsDigest.slice(0, 16)}…</code> },
          { label: t.state, value: t.states[request.state] },
          { label: t.decidedAt, value: instant(request.decidedAt) },
          { label: t.linkEnds, value: instant(request.linkExpiresAt) },
          { label: t.downloadedAt, value: instant(request.downloadedAt) },
          ...(request.decisionReason ? [{ label: t.reason, value: request.decisionReason }] : []),
        ]}
      />
      {!past && request.abilities.includes('decide') ? (
        <Decide request={request} onDone={onClose} />
      ) : (
        <Approved request={request} />
      )}
    </Drawer>
  )
}

// An approval makes the request no longer decidable while its link must still be shown, once.
const links = new Map<string, string>()

function Approved({ request }: { request: RequestAnswer }) {
  const t = useWords(trustMessages)
  const link = links.get(request.id)
  if (!link) return null
  const address = `${window.location.origin}${link}`
  return (
    <section className={css.link} aria-label={t.link}>
      <strong>{t.link}</strong>
      <p>{t.linkText}</p>
      <code>{address}</code>
      <CopyButton value={address}>
        {({ copied, copy }) => (
          <div>
            <Button variant="default" onClick={copy}>
              {copied ? t.copied : t.copy}
            </Button>
          </div>
        )}
      </CopyButton>
    </section>
  )
}

function Decide({ request, onDone }: { request: RequestAnswer; onDone: () => void }) {
  const t = useWords(trustMessages)
  const [days, setDays] = useState('7')
  const [reason, setReason] = useState('')
  const approve = useChange(async () => {
    const { link } = await call<{ link: string }>('POST', `/api/trust/requests/${request.id}/approve`, {
      body: { days: Number(days) },
      version: request.version,
    })
    links.set(request.id, link)
  })
  const decline = useChange(() =>
    call('POST', `/api/trust/requests/${request.id}/decline`, { body: { reason }, version: request.version }),
  )
  return (
    <>
      {approve.error ? <Failure error={approve.error} /> : null}
      {decline.error ? <Failure error={decline.error} /> : null}
      <Section title={t.approve}>
        <Notice tone="partial" calm>
          {t.approveText}
        </Notice>
        <TextInput
          mt="sm"
          label={t.days}
          type="number"
          min={1}
          max={30}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
        <Button mt="sm" loading={approve.isPending} onClick={() => approve.mutate(undefined)}>
          {t.approve}
        </Button>
      </Section>
      <Section title={t.decline}>
        <TextInput
          label={t.reason}
          description={t.declineText}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button
          mt="sm"
          variant="default"
          disabled={reason.trim() === ''}
          loading={decline.isPending}
          onClick={() => decline.mutate(undefined, { onSuccess: onDone })}
        >
          {t.decline}
        </Button>
      </Section>
    </>
  )
}
