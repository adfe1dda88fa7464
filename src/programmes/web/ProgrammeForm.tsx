import { MultiSelect } from '@mantine/core'
import { PeriodsField } from '../../certificates/web/PeriodsField.tsx'
import { audiences } from '../../frameworks/fields.ts'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, TextField } from '../../web/form/fields.tsx'
import { NameAndKey } from '../../web/form/NameAndKey.tsx'
import { type Form, useForm } from '../../web/form/useForm.ts'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Programme } from '../programme.ts'
import { CyclesField } from './CyclesField.tsx'
import { blank, bodyOf, type Draft, draftOf } from './draft.ts'
import { programmeFormMessages } from './messages.ts'
import type { ProgrammeNames } from './names.ts'

type ProgrammeFormProps = {
  programme: Programme | null
  names: ProgrammeNames
  onClose: () => void
  onSaved?: (id: string) => void
}

/** Begins a programme, or changes one. Only editions that can be assessed are offered. */
export default function ProgrammeForm({ programme, names, onClose, onSaved }: ProgrammeFormProps) {
  const t = useWords(programmeFormMessages)
  const format = useFormat()
  const day = useDay()
  // New programmes are for the edition in force; the others are for those who still hold one.
  const full = names.editions
    .filter((one) => one.requirements === 'full')
    .toSorted((a, b) => Number(b.status === 'current') - Number(a.status === 'current'))
  const form = useForm<Draft, Programme>({
    initial: programme ? draftOf(programme) : blank(full[0]?.key ?? '', day),
    save: (draft, idempotencyKey) =>
      programme && draft.version !== undefined
        ? call('PUT', `/api/programmes/${programme.id}`, {
            body: { ...bodyOf(draft), reason: draft.reason || null },
            version: draft.version,
          })
        : call('POST', '/api/programmes', { body: bodyOf(draft), idempotencyKey }),
    ...(programme
      ? { latest: async () => draftOf(await call<Programme>('GET', `/api/programmes/${programme.id}`)) }
      : {}),
    onSaved: (saved) => (onSaved ? onSaved(saved.id) : onClose()),
  })
  const { values, set, error } = form
  const edition = names.editions.find((one) => one.key === values.edition)
  const labels = {
    ...{ name: t.name, key: t.key, categories: t.categories, audiences: t.audiences, entities: t.entities },
    ...{ services: t.services, cycles: t.cycles, ownerId: t.owner, certificateId: t.certificate },
  }
  return (
    <FormDrawer
      title={programme ? t.editTitle : t.new}
      form={form}
      onClose={onClose}
      labels={labels}
      {...(programme ? {} : { saveLabel: t.create })}
    >
      <NameAndKey words={t} form={form} />
      {programme ? null : (
        <ChoiceField
          label={t.edition}
          hint={t.editionHint}
          value={values.edition}
          options={full.map((one) => ({ value: one.key, label: format.text(one.name) }))}
          onChange={(key) => {
            set('edition', key)
            set('categories', [])
            set('audiences', [])
          }}
          error={error('/edition')}
        />
      )}
      {edition && edition.categories.length > 0 ? (
        <MultiSelect
          label={t.categories}
          description={t.categoriesHint}
          data={edition.categories.map((one) => ({ value: one.key, label: format.text(one.titles) }))}
          value={values.categories}
          onChange={(categories) => set('categories', categories)}
          error={error('/categories')}
        />
      ) : null}
      {edition?.family === 'pci-dss' ? (
        <MultiSelect
          label={t.audiences}
          description={t.audiencesHint}
          data={audiences
            .filter((one) => one !== 'all')
            .map((one) => ({ value: one, label: t.audienceNames[one] }))}
          value={values.audiences}
          onChange={(chosen) => set('audiences', chosen as Draft['audiences'])}
          error={error('/audiences')}
        />
      ) : null}
      <Scope form={form} names={names} owner={programme?.ownerId ?? null} />
      {programme ? (
        <TextField
          label={t.reasonOptional}
          hint={t.reasonHint}
          lines
          value={values.reason}
          onChange={(reason) => set('reason', reason)}
          error={error('/reason')}
        />
      ) : null}
    </FormDrawer>
  )
}

type ScopeProps = { form: Form<Draft>; names: ProgrammeNames; owner: string | null }

function Scope({ form, names, owner }: ScopeProps) {
  const t = useWords(programmeFormMessages)
  const { values, set, error } = form
  return (
    <>
      <PeriodsField
        label={t.entities}
        value={values.entities}
        options={names.entities}
        onChange={(entities) => set('entities', entities)}
        error={error('/entities')}
      />
      <PeriodsField
        label={t.services}
        value={values.services}
        options={names.services}
        onChange={(services) => set('services', services)}
        error={error('/services')}
      />
      <CyclesField
        value={values.cycles}
        onChange={(cycles) => set('cycles', cycles)}
        error={error('/cycles')}
      />
      <PersonSelect
        label={t.owner}
        value={values.ownerId}
        nobody={t.nobody}
        already={[names.known(owner)]}
        onChange={(ownerId) => set('ownerId', ownerId)}
        error={error('/ownerId')}
      />
      <ChoiceField
        label={t.certificate}
        hint={t.certificateHint}
        value={values.certificateId ?? ''}
        options={[{ value: '', label: t.noCertificate }, ...names.certificates]}
        onChange={(id) => set('certificateId', id || null)}
        error={error('/certificateId')}
      />
    </>
  )
}
