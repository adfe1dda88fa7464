import { protectsNothing } from '../../assets/protects.ts'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { LocalTextField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import type { Control } from '../control.ts'
import { LinksField } from './LinksField.tsx'
import { controlMessages } from './messages.ts'
import { ProtectsField } from './ProtectsField.tsx'
import { protectsMessages } from './protects-messages.ts'
import type { ControlAnswer } from './shapes.ts'

type Draft = Pick<
  Control,
  'code' | 'name' | 'objective' | 'practice' | 'protects' | 'requirementLinks' | 'controlLinks' | 'together'
> & { ownerId: string; reason: string }

const draftOf = (one: ControlAnswer | null): Draft => ({
  code: one?.code ?? '',
  name: one?.name ?? {},
  objective: one?.objective ?? {},
  practice: one?.practice ?? null,
  protects: one?.protects ?? protectsNothing,
  requirementLinks: one?.requirementLinks ?? [],
  controlLinks: one?.controlLinks ?? [],
  together: one?.together ?? [],
  ownerId: one?.ownerId ?? '',
  reason: '',
})

type ControlFormProps = { control: ControlAnswer | null; onClose: () => void; onSaved: (id: string) => void }

/** The words of a control, its owner and its own links. */
export default function ControlForm({ control, onClose, onSaved }: ControlFormProps) {
  const t = useWords(controlMessages)
  const words = useWords(protectsMessages)
  const form = useForm<Draft, { id: string }>({
    initial: draftOf(control),
    save: ({ reason, ...draft }, idempotencyKey) => {
      const body = { ...draft, ownerId: draft.ownerId || null }
      return control
        ? call('PUT', `/api/controls/${control.id}`, {
            body: { ...body, reason: reason || null },
            version: control.version,
          })
        : call('POST', '/api/controls', { body, idempotencyKey })
    },
    ...(control
      ? { latest: async () => draftOf(await call<ControlAnswer>('GET', `/api/controls/${control.id}`)) }
      : {}),
    onSaved: ({ id }) => onSaved(id),
  })
  const { values, set, error } = form
  return (
    <FormDrawer
      title={control ? t.editTitle(control.code) : t.create}
      form={form}
      onClose={onClose}
      labels={{
        ...{ code: t.code, name: t.name, objective: t.objective, practice: t.practice, ownerId: t.owner },
        protects: words.title,
      }}
      consequence={control && control.review === null ? <p className="quiet">{t.form.saveReviews}</p> : null}
    >
      <TextField
        label={t.code}
        hint={t.codeHint}
        required
        mono
        value={values.code}
        onChange={(code) => set('code', code)}
        error={error('/code')}
      />
      <LocalTextField
        label={t.name}
        value={values.name}
        onChange={(name) => set('name', name)}
        error={error('/name')}
      />
      <LocalTextField
        label={t.objective}
        lines
        value={values.objective}
        onChange={(objective) => set('objective', objective)}
        error={error('/objective')}
      />
      <LocalTextField
        label={t.practice}
        hint={t.practiceHint}
        lines
        value={values.practice ?? {}}
        onChange={(text) => set('practice', text.en || text.ja ? text : null)}
        error={error('/practice')}
      />
      <PersonSelect
        label={t.owner}
        hint={t.bulk.ownerHint}
        value={values.ownerId || null}
        nobody={t.nobody}
        already={[control?.owner ?? null]}
        onChange={(ownerId) => set('ownerId', ownerId ?? '')}
        error={error('/ownerId')}
      />
      <ProtectsField
        value={values.protects}
        onChange={(protects) => set('protects', protects)}
        error={(at) => error(`/protects${at}`)}
      />
      <LinksField
        links={values.requirementLinks}
        onChange={(links) => set('requirementLinks', links)}
        error={(at) => error(`/requirementLinks${at}`)}
      />
      {control ? (
        <TextField
          label={t.form.reason}
          hint={t.form.reasonHint}
          value={values.reason}
          onChange={(reason) => set('reason', reason)}
          error={error('/reason')}
        />
      ) : null}
    </FormDrawer>
  )
}
