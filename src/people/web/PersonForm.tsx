import type { LocalText } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { LocalTextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { type JobDraft, JobFields, jobBody } from './JobFields.tsx'
import { peopleMessages as messages } from './messages.ts'
import type { ShownPerson } from './shapes.ts'

type Draft = JobDraft & { name: LocalText; version: number }

const draftOf = ({ name, jobTitle, entityId, version }: ShownPerson): Draft => ({
  ...{ name, version, jobTitle: jobTitle ?? {}, entityId: entityId ?? '' },
})

export function PersonForm({ person, onClose }: { person: ShownPerson; onClose: () => void }) {
  const t = useWords(messages)
  const form = useForm<Draft, unknown>({
    initial: draftOf(person),
    save: ({ version, name, ...job }) =>
      call('PUT', `/api/people/${person.id}`, { body: { name, ...jobBody(job) }, version }),
    latest: async () => draftOf(await call<ShownPerson>('GET', `/api/people/${person.id}`)),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const labels = { name: t.name, jobTitle: t.jobTitle, entityId: t.entity }
  return (
    <FormDrawer title={t.editPerson} form={form} onClose={onClose} labels={labels}>
      <LocalTextField
        label={t.name}
        value={values.name}
        onChange={(name) => set('name', name)}
        error={error('/name')}
      />
      <JobFields form={form} />
    </FormDrawer>
  )
}
