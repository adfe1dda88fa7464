import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { call } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Failure } from '../../web/ui/Notice.tsx'
import { peopleMessages as messages } from './messages.ts'
import css from './people.module.css'
import { Secret } from './Secret.tsx'
import type { Invitation, Reset, ShownPerson } from './shapes.ts'

const invitationAt = (token: string) => `${window.location.origin}/invitation/${token}`

/** The links by which a person gets in: a new one for who has no password, a reset for who has one. */
export function useWayIn(person: ShownPerson) {
  const again = useChange(() => call<Invitation>('POST', `/api/people/${person.id}/invitation`, { body: {} }))
  const reset = useChange(() => call<Reset>('POST', `/api/people/${person.id}/password-reset`, { body: {} }))
  return { again, reset }
}

type WayIn = ReturnType<typeof useWayIn>

/** What was given, shown once. */
export function WayInLinks({ wayIn: { again, reset } }: { wayIn: WayIn }) {
  const t = useWords(messages)
  const error = again.error ?? reset.error
  return (
    <>
      {again.data ? (
        <Secret
          label={t.invitation}
          text={t.invitationText}
          value={invitationAt(again.data.invitation.token)}
        />
      ) : null}
      {reset.data ? (
        <Secret
          label={t.resetLink}
          text={t.resetText}
          value={`${invitationAt(reset.data.reset.token)}?reset=1`}
        />
      ) : null}
      {error ? <Failure error={error} /> : null}
    </>
  )
}

/** The button that fits the person, if any may be pressed. A reset is asked about first. */
export function WayInButton({ person, wayIn }: { person: ShownPerson; wayIn: WayIn }) {
  const t = useWords(messages)
  const format = useFormat()
  const [asking, setAsking] = useState(false)
  if (person.abilities.includes('link')) {
    return (
      <Button variant="default" loading={wayIn.again.isPending} onClick={() => wayIn.again.mutate(undefined)}>
        {t.again}
      </Button>
    )
  }
  if (!person.abilities.includes('reset')) return null
  const close = () => setAsking(false)
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t.reset}
      </Button>
      <Modal
        opened={asking}
        onClose={close}
        title={t.resetTitle(format.text(person.name))}
        closeButtonProps={{ 'aria-label': t.cancel }}
      >
        <p>{t.resetAsk}</p>
        <div className={css.actions}>
          <Button
            onClick={() => {
              wayIn.reset.mutate(undefined)
              close()
            }}
          >
            {t.reset}
          </Button>
          <Button variant="default" onClick={close}>
            {t.cancel}
          </Button>
        </div>
      </Modal>
    </>
  )
}
