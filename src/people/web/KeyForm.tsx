import { Button, Drawer } from '@mantine/core'
import { useState } from 'react'
import type { Role } from '../../kernel/actor.ts'
import { addMonths, type Day } from '../../kernel/day.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { peopleMessages as messages } from './messages.ts'
import { useEntities } from './names.ts'
import { Secret } from './Secret.tsx'

type Draft = { name: string; role: Role; entityId: string; scopes: string; expires: Day | null }

/** Keys end by the wall clock, not by the demo's calendar. */
const inThreeMonths = (): Day => addMonths(new Date().toISOString().slice(0, 10), 3)

/** Makes a key and shows it, once. */
export function KeyForm({ onClose }: { onClose: () => void }) {
  const t = useWords(messages)
  const shell = useWords(shellMessages)
  const entities = useEntities()
  const [secret, setSecret] = useState<string | null>(null)
  const form = useForm<Draft, { secret: string }>({
    initial: { name: '', role: 'reader', entityId: '', scopes: 'certificate.read', expires: inThreeMonths() },
    save: ({ name, role, entityId, scopes, expires }, idempotencyKey) =>
      call('POST', '/api/keys', {
        body: {
          name,
          role,
          entityId: entityId || null,
          scopes: scopes.split(/[\s,]+/).filter(Boolean),
          expiresAt: `${expires ?? ''}T00:00:00.000Z`,
        },
        idempotencyKey,
      }),
    onSaved: (saved) => setSecret(saved.secret),
  })
  const { values, set, error } = form
  if (secret !== null) {
    return (
      <Drawer opened onClose={onClose} title={t.newKey} closeButtonProps={{ 'aria-label': shell.form.close }}>
        <Secret label={t.secret} text={t.secretText} value={secret} />
        <Button mt="md" onClick={onClose}>
          {t.done}
        </Button>
      </Drawer>
    )
  }
  return (
    <FormDrawer title={t.newKey} form={form} onClose={onClose} saveLabel={t.newKey}>
      <TextField
        label={t.keyName}
        value={values.name}
        onChange={(name) => set('name', name)}
        error={error('/name')}
      />
      <ChoiceField
        label={t.role}
        hint={t.roleHints[values.role]}
        value={values.role}
        options={(['reader', 'contributor', 'manager', 'owner'] as const).map((value) => ({
          value,
          label: t.roleNames[value],
        }))}
        onChange={(role) => set('role', role)}
        error={error('/role')}
      />
      <ChoiceField
        label={t.over}
        value={values.entityId}
        options={[{ value: '', label: t.wholeOrganisation }, ...entities.options]}
        onChange={(id) => set('entityId', id)}
        error={error('/entityId')}
      />
      <TextField
        label={t.scopes}
        hint={t.scopesHint}
        mono
        lines
        value={values.scopes}
        onChange={(scopes) => set('scopes', scopes)}
        error={error('/scopes')}
      />
      <DayField
        label={t.expires}
        value={values.expires}
        onChange={(expires) => set('expires', expires)}
        error={error('/expiresAt')}
      />
    </FormDrawer>
  )
}
