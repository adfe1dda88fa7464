import { Button, Checkbox, CopyButton, Modal, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { Language } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { useChange, useReadNow } from '../../web/data.ts'
import { ChoiceField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { Section } from '../../web/ui/Page.tsx'
import css from './calendar.module.css'
import { calendarMessages } from './messages.ts'
import type { FeedShown, ReminderShown, RulesShown } from './shapes.ts'

type Wish = { reach: 'mine' | 'all'; language: Language }

/** Calendars at secret addresses, and the mail of the day: how one is reminded elsewhere. */
export default function FeedDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(calendarMessages)
  const shell = useWords(shellMessages)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t.feed.title}
      size="lg"
      closeButtonProps={{ 'aria-label': shell.form.close }}
    >
      <p className="quiet">{t.feed.lead}</p>
      <NewFeed />
      <Section title={t.feed.list}>
        <Feeds />
      </Section>
      <Section title={t.mail.title}>
        <OwnMail />
      </Section>
    </Modal>
  )
}

const useTongues = () => {
  const t = useWords(calendarMessages)
  return [
    { value: 'en' as const, label: t.english },
    { value: 'ja' as const, label: t.japanese },
  ]
}

function NewFeed() {
  const t = useWords(calendarMessages)
  const { language } = useFormat()
  const tongues = useTongues()
  const [wish, setWish] = useState<Wish>({ reach: 'mine', language })
  const make = useChange((body: Wish) => call<{ path: string }>('POST', '/api/feeds', { body }))
  const address = make.data ? `${window.location.origin}${make.data.path}` : null
  return (
    <div className={css.form}>
      {make.error ? <Failure error={make.error} /> : null}
      {address ? (
        <Notice tone="accent" calm>
          <p>{t.feed.once}</p>
          <div className={css.address}>
            <TextInput
              readOnly
              aria-label={t.feed.list}
              value={address}
              styles={{ input: { fontFamily: 'var(--font-mono)' } }}
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton value={address}>
              {({ copied, copy }) => <Button onClick={copy}>{copied ? t.feed.copied : t.feed.copy}</Button>}
            </CopyButton>
          </div>
        </Notice>
      ) : (
        <>
          <ChoiceField
            label={t.feed.reach}
            value={wish.reach}
            options={[
              { value: 'mine', label: t.feed.mine },
              { value: 'all', label: t.feed.all },
            ]}
            onChange={(reach) => setWish({ ...wish, reach })}
          />
          <ChoiceField
            label={t.feed.language}
            value={wish.language}
            options={tongues}
            onChange={(tongue) => setWish({ ...wish, language: tongue })}
          />
          <Button loading={make.isPending} onClick={() => make.mutate(wish)}>
            {t.feed.create}
          </Button>
        </>
      )}
    </div>
  )
}

function Feeds() {
  const t = useWords(calendarMessages)
  const format = useFormat()
  const read = useReadNow<{ items: FeedShown[] }>('/api/feeds')
  const end = useChange((id: string) => call('POST', `/api/feeds/${id}/revoke`, { body: {} }))
  return (
    <Loaded read={read}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="quiet">{t.feed.none}</p>
        ) : (
          <ul>
            {items.map((one) => (
              <li key={one.id} className={css.feed}>
                <span>
                  {one.reach === 'mine' ? t.feed.mine : t.feed.all}
                  <small>
                    {' '}
                    {one.language === 'ja' ? t.japanese : t.english} ·{' '}
                    {t.feed.made(format.day(one.createdOn))}
                  </small>
                </span>
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={end.isPending}
                  onClick={() => end.mutate(one.id)}
                >
                  {t.feed.end}
                </Button>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

function OwnMail() {
  const t = useWords(calendarMessages)
  const read = useReadNow<ReminderShown>('/api/reminder')
  const rules = useReadNow<RulesShown>('/api/calendar-rules')
  return (
    <>
      {rules.data && !rules.data.mail ? (
        <Notice tone="unknown" calm>
          {t.mail.off}
        </Notice>
      ) : null}
      <Loaded read={read}>{(chosen) => <MailChoice key={chosen.version} chosen={chosen} />}</Loaded>
    </>
  )
}

function MailChoice({ chosen }: { chosen: ReminderShown }) {
  const t = useWords(calendarMessages)
  const tongues = useTongues()
  const [draft, setDraft] = useState(chosen)
  const save = useChange(async ({ version, ...body }: ReminderShown) => {
    await call('PUT', '/api/reminder', { body: { ...body, version } })
    notifications.show({ message: t.mail.saved })
  })
  return (
    <div className={css.form}>
      {save.error ? <Failure error={save.error} /> : null}
      <Checkbox
        label={t.mail.digest}
        checked={draft.digest}
        onChange={(event) => setDraft({ ...draft, digest: event.currentTarget.checked })}
      />
      <ChoiceField
        label={t.mail.language}
        value={draft.language}
        options={tongues}
        onChange={(language) => setDraft({ ...draft, language })}
      />
      <Button variant="default" loading={save.isPending} onClick={() => save.mutate(draft)}>
        {t.mail.save}
      </Button>
    </div>
  )
}
