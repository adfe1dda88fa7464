import type { Role } from '../../kernel/actor.ts'
import type { Page } from '../../kernel/page.ts'
import { call } from '../../web/client.ts'
import { useRead } from '../../web/data.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { peopleMessages as messages } from './messages.ts'
import { useEntities } from './names.ts'
import type { ShownPerson } from './shapes.ts'

type Draft = { role: Role; entityId: string; certificateId: string }

const order: readonly Role[] = ['reader', 'contributor', 'manager', 'owner', 'auditor']

/** Gives a role over the organisation or an entity; an auditor's is for one engagement and nothing else. */
export function GrantForm({ person, onClose }: { person: ShownPerson; onClose: () => void }) {
  const t = useWords(messages)
  const format = useFormat()
  const entities = useEntities()
  const certificates = useRead<Page<{ id: string; key: string; number: string | null }>>(
    '/api/certificates',
    {
      limit: 200,
    },
  )
  const form = useForm<Draft, unknown>({
    initial: { role: 'reader', entityId: '', certificateId: '' },
    save: ({ role, entityId, certificateId }, idempotencyKey) =>
      call('POST', '/api/grants', {
        body: {
          personId: person.id,
          role,
          entityId: role === 'auditor' ? null : entityId || null,
          certificateId: role === 'auditor' ? certificateId || null : null,
        },
        idempotencyKey,
      }),
    onSaved: onClose,
  })
  const { values, set, error } = form
  return (
    <FormDrawer
      title={t.giveTitle(format.text(person.name))}
      form={form}
      onClose={onClose}
      saveLabel={t.give}
    >
      <ChoiceField
        label={t.role}
        hint={t.roleHints[values.role]}
        value={values.role}
        options={order.map((value) => ({ value, label: t.roleNames[value] }))}
        onChange={(role) => set('role', role)}
        error={error('/role')}
      />
      {values.role === 'auditor' ? (
        <ChoiceField
          label={t.engagement}
          value={values.certificateId}
          options={(certificates.data?.items ?? []).map((one) => ({
            value: one.id,
            label: [one.key, one.number].filter(Boolean).join(' · '),
          }))}
          onChange={(id) => set('certificateId', id)}
          error={error('/certificateId')}
        />
      ) : (
        <ChoiceField
          label={t.over}
          value={values.entityId}
          options={[{ value: '', label: t.wholeOrganisation }, ...entities.options]}
          onChange={(id) => set('entityId', id)}
          error={error('/entityId')}
        />
      )}
    </FormDrawer>
  )
}
