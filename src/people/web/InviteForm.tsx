import { Button, Drawer } from '@mantine/core'
import { useState } from 'react'
import type { LocalText } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { LocalTextField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { type JobDraft, JobFields, jobBody } from './JobFields.tsx'
import { peopleMessages as messages } from './messages.ts'
import { Secret } from './Secret.tsx'
import type { Invitation } from './shapes.ts'

type Draft = JobDraft & { name: LocalText; email: string }

/** Invites somebody and shows the link, once. */
export function InviteForm({ onClose }: { onClose: () => void }) {
  const t = useWords(messages)
  const shell = useWords(shellMessages)
  const [done, setDone] = useState<Invitation | null>(null)
  const form = useForm<Draft, Invitation>({
    initial: { name: {}, email: '', jobTitle: {}, entityId: '' },
    save: (draft, idempotencyKey) =>
      call('POST', '/api/people', { body: { ...draft, ...jobBody(draft) }, idempotencyKey }),
    onSaved: setDone,
  })
  const { values, set, error } = form
  if (done) {
    return (
      <Drawer opened onClose={onClose} title={t.invite} closeButtonProps={{ 'aria-label': shell.form.close }}>
        <Secret
          label={t.invitation}
          text={t.invitationText}
          value={`${window.location.origin}/invitation/${done.invitation.token}`}
        />
        <Button mt="md" onClick={onClose}>
          {t.done}
        </Button>
      </Drawer>
    )
  }
  return (
    <FormDrawer title={t.invite} form={form} onClose={onClose} saveLabel={t.invite}>
      <LocalTextField
        label={t.name}
        value={values.name}
        onChange={(name) => set('name', name)}
        error={error('/name')}
      />
      <TextField
        label={t.email}
        type="email"
        value={values.email}
        onChange={(email) => set('email', email)}
        error={error('/email')}
      />
      <JobFields form={form} />
    </FormDrawer>
  )
}
