import { TagsInput } from '@mantine/core'
import type { LocalText } from '../../kernel/language.ts'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import type { ProgrammeNames } from '../../programmes/web/names.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, DayField, LocalTextField, TextField } from '../../web/form/fields.tsx'
import { NameAndKey } from '../../web/form/NameAndKey.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { type IsmsRole, requiredDuties } from '../isms-role.ts'
import css from './context.module.css'
import { roleMessages } from './role-messages.ts'
import type { RoleAnswer, RolesAnswer } from './shapes.ts'

type Draft = Pick<IsmsRole, 'key' | 'name' | 'responsibilities' | 'clauses' | 'entityId' | 'from' | 'to'> & {
  authority: LocalText
  /** Who holds a new role from its first day; an existing one is handed over. */
  personId: string | null
  reason: string
  version?: number
}

const draftOf = (one: RoleAnswer): Draft => {
  const { key, name, responsibilities, authority, clauses, entityId, from, to, version } = one
  const words = { key, name, responsibilities, authority: authority ?? {} }
  return { ...words, clauses, entityId, from, to, version, personId: null, reason: '' }
}

const blank = (today: string): Draft => ({
  ...{ key: '', name: {}, responsibilities: {}, authority: {}, clauses: [], entityId: null },
  ...{ from: today, to: null, personId: null, reason: '' },
})

const wordsOrNull = (text: LocalText) => (text.en || text.ja ? text : null)

type RoleFormProps = { one: RoleAnswer | null; names: ProgrammeNames; onClose: () => void }

/** Describes a role: what its holder answers for and may decide. */
export default function RoleForm({ one, names, onClose }: RoleFormProps) {
  const t = useWords(roleMessages)
  const today = useDay()
  const latest = async () => {
    const { items } = await call<RolesAnswer>('GET', '/api/roles')
    const found = items.find((each) => each.id === one?.id)
    return found ? draftOf(found) : blank(today)
  }
  const form = useForm<Draft, unknown>({
    initial: one ? draftOf(one) : blank(today),
    save: ({ personId, reason, version, authority, ...rest }, idempotencyKey) => {
      const body = { ...rest, authority: wordsOrNull(authority) }
      if (one && version !== undefined)
        return call('PUT', `/api/roles/${one.id}`, {
          body: { ...body, holders: one.holders, reason: reason.trim() || null },
          version,
        })
      const holders = personId ? [{ personId, deputyId: null, from: rest.from, to: null }] : []
      return call('POST', '/api/roles', { body: { ...body, holders }, idempotencyKey })
    },
    ...(one ? { latest } : {}),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const labels = {
    ...{ name: t.name, key: t.key, responsibilities: t.responsibilities, authority: t.authority },
    ...{ clauses: t.clauses, entityId: t.forEntity, from: t.from, to: t.to },
  }
  return (
    <FormDrawer title={one ? t.editTitle : t.new} form={form} onClose={onClose} labels={labels}>
      <NameAndKey words={t} form={form} />
      <LocalTextField
        label={t.responsibilities}
        lines
        value={values.responsibilities}
        onChange={(text) => set('responsibilities', text)}
        error={error('/responsibilities')}
      />
      <LocalTextField
        label={t.authority}
        hint={t.authorityHint}
        lines
        value={values.authority}
        onChange={(text) => set('authority', text)}
        error={error('/authority')}
      />
      <TagsInput
        label={t.clauses}
        description={t.clausesHint}
        data={[...requiredDuties]}
        value={values.clauses}
        onChange={(clauses) => set('clauses', clauses)}
        error={error('/clauses')}
      />
      <ChoiceField
        label={t.forEntity}
        value={values.entityId ?? ''}
        options={[{ value: '', label: t.organisation }, ...names.entities]}
        onChange={(id) => set('entityId', id || null)}
        error={error('/entityId')}
      />
      {one ? null : (
        <PersonSelect
          label={t.holder}
          value={values.personId}
          nobody={t.nobody}
          onChange={(id) => set('personId', id)}
          error={error('/holders')}
        />
      )}
      <div className={css.two}>
        <DayField
          label={t.from}
          value={values.from}
          onChange={(day) => set('from', day)}
          error={error('/from')}
        />
        <DayField label={t.to} value={values.to} onChange={(day) => set('to', day)} error={error('/to')} />
      </div>
      {one ? (
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
