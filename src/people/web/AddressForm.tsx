import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { peopleMessages as messages } from './messages.ts'
import type { ShownPerson } from './shapes.ts'

/** The address of somebody else, with which they sign in. */
export function AddressForm({ person, onClose }: { person: ShownPerson; onClose: () => void }) {
  const t = useWords(messages)
  const format = useFormat()
  const form = useForm<{ email: string }, unknown>({
    initial: { email: person.email },
    save: (body, idempotencyKey) =>
      call('POST', `/api/people/${person.id}/address`, { body, version: person.version, idempotencyKey }),
    onSaved: onClose,
  })
  return (
    <FormDrawer
      title={t.addressTitle(format.text(person.name))}
      form={form}
      onClose={onClose}
      saveLabel={t.address}
    >
      <Notice tone="partial">{t.addressText}</Notice>
      <TextField
        label={t.email}
        type="email"
        value={form.values.email}
        onChange={(email) => form.set('email', email)}
        error={form.error('/email')}
      />
    </FormDrawer>
  )
}
