import { MultiSelect } from '@mantine/core'
import type { Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useMe } from '../../web/frame/me.ts'
import { inTreeOrder } from '../../web/frame/tree.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Evidence } from '../evidence.ts'
import { Dropping } from './Dropping.tsx'
import { timesFor, titleFrom } from './defaults.ts'
import css from './evidence.module.css'
import { evidenceMessages } from './messages.ts'
import type { Names } from './names.ts'
import type { EvidenceDetail } from './shapes.ts'
import { useUploads } from './useUploads.ts'

type Draft = {
  title: string
  description: string
  entityId: Id
  source: Evidence['source']
  location: string
  aboutFrom: Day | null
  aboutTo: Day | null
  collectedOn: Day | null
  collectedAt: string | null
  validUntil: Day | null
  implementationIds: Id[]
  /** Ids of files that wait; here so that the form knows what it would lose. */
  files: Id[]
}

const given = ['uploaded', 'attested', 'observed', 'pulled', 'referenced'] as const

function initialOf(before: EvidenceDetail | null, entityId: Id, today: Day): Draft {
  return {
    title: before?.title ?? '',
    description: before?.description ?? '',
    entityId: before?.entityId ?? entityId,
    source: before?.source ?? 'uploaded',
    location: before?.location ?? '',
    aboutFrom: today,
    aboutTo: today,
    collectedOn: today,
    collectedAt: null,
    validUntil: null,
    implementationIds: before?.implementationIds ?? [],
    files: [],
  }
}

type EvidenceFormProps = {
  names: Names
  /** The item to replace; null for one of its own. */
  replaces: EvidenceDetail | null
  entityId: Id
  today: Day
  onClose: () => void
  onSaved: (id: Id) => void
}

/** Adds an item away from any task, or puts a newer one in the place of another. */
export function EvidenceForm(props: EvidenceFormProps) {
  const { names, replaces, entityId, today, onClose, onSaved } = props
  const t = useWords(evidenceMessages)
  const me = useMe()
  const uploads = useUploads()
  const form = useForm<Draft, Evidence>({
    initial: initialOf(replaces, entityId, today),
    save: ({ entityId: where, description, location, ...draft }, idempotencyKey) => {
      const body = {
        ...draft,
        description: description || null,
        location: location.trim() || null,
        files: uploads.ready.map(({ id }) => id),
      }
      return replaces
        ? call('POST', `/api/evidence/${replaces.id}/revision`, { body, idempotencyKey })
        : call('POST', '/api/evidence', { body: { ...body, entityId: where }, idempotencyKey })
    },
    onSaved: (saved) => onSaved(saved.id),
  })
  const { values, set, error } = form
  const take = (files: readonly File[]) => {
    const [first] = files
    if (first && uploads.entries.length === 0) {
      const times = timesFor(null, first.lastModified, today, me.data?.organisation.timeZone ?? 'UTC')
      for (const key of ['aboutFrom', 'aboutTo', 'collectedOn', 'collectedAt'] as const) set(key, times[key])
      if (values.title === '') set('title', titleFrom(first.name))
    }
    uploads.add(files)
  }
  // A file on its way would be left behind: the drawer waits for it.
  const waiting = {
    ...form,
    saving: form.saving || uploads.busy,
    dirty: form.dirty || uploads.entries.length > 0,
  }
  return (
    <FormDrawer
      title={replaces ? t.reviseTitle : t.addTitle}
      form={waiting}
      onClose={onClose}
      saveLabel={t.give}
      consequence={replaces ? <p className="quiet">{t.reviseText}</p> : null}
    >
      <Dropping uploads={uploads} onFiles={take} error={error('/files')} />
      <TextField
        label={t.item}
        required
        value={values.title}
        onChange={(title) => set('title', title)}
        error={error('/title')}
      />
      <Days form={form} />
      {replaces ? null : <Place form={form} names={names} />}
      <ImplementationsField
        names={names}
        value={values.implementationIds}
        onChange={(ids) => set('implementationIds', ids)}
        error={error('/implementationIds')}
      />
      <ChoiceField
        label={t.source}
        value={values.source}
        options={given.map((value) => ({ value, label: t.sources[value] }))}
        onChange={(source) => set('source', source)}
        error={error('/source')}
      />
      <TextField
        label={t.location}
        hint={t.locationHint}
        required={values.source === 'referenced'}
        value={values.location}
        onChange={(location) => set('location', location)}
        error={error('/location')}
      />
      <TextField
        label={t.description}
        lines
        value={values.description}
        onChange={(description) => set('description', description)}
        error={error('/description')}
      />
      <DayField
        label={t.validUntil}
        hint={t.validUntilHint}
        value={values.validUntil}
        onChange={(day) => set('validUntil', day)}
        error={error('/validUntil')}
      />
    </FormDrawer>
  )
}

type Part = { form: ReturnType<typeof useForm<Draft, Evidence>> }

function Days({ form: { values, set, error } }: Part) {
  const t = useWords(evidenceMessages)
  return (
    <div className={css.days}>
      <DayField
        label={t.aboutFrom}
        required
        value={values.aboutFrom}
        onChange={(day) => set('aboutFrom', day)}
        error={error('/aboutFrom')}
      />
      <DayField
        label={t.aboutTo}
        required
        value={values.aboutTo}
        onChange={(day) => set('aboutTo', day)}
        error={error('/aboutTo')}
      />
      <DayField
        label={t.collectedOn}
        required
        value={values.collectedOn}
        onChange={(day) => {
          set('collectedOn', day)
          // The instant belonged to the day that was there before.
          set('collectedAt', null)
        }}
        error={error('/collectedOn') ?? error('/collectedAt')}
      />
    </div>
  )
}

function Place({ form: { values, set, error }, names }: Part & { names: Names }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  return (
    <ChoiceField
      label={t.entity}
      required
      value={values.entityId}
      options={inTreeOrder(names.entities).map(({ node, depth }) => ({
        value: node.id,
        label: `${'  '.repeat(depth)}${format.text(node.name)}`,
      }))}
      onChange={(entityId) => set('entityId', entityId)}
      error={error('/entityId')}
    />
  )
}

type ImplementationsFieldProps = {
  names: Names
  value: readonly Id[]
  onChange: (ids: Id[]) => void
  error: string | null
  hint?: string
}

export function ImplementationsField({ names, value, onChange, error, hint }: ImplementationsFieldProps) {
  const t = useWords(evidenceMessages)
  const options = names.implementations
    .map(({ id }) => ({ value: id, label: names.implementation(id) }))
    .filter(({ label }) => label !== '')
    .sort((a, b) => (a.label < b.label ? -1 : 1))
  return (
    <MultiSelect
      label={t.for}
      description={hint ?? t.forHint}
      searchable
      limit={80}
      data={options}
      value={[...value]}
      onChange={onChange}
      error={error}
    />
  )
}
