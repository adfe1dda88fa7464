import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { roleMessages } from './role-messages.ts'
import type { RoleAnswer } from './shapes.ts'

type Draft = { personId: string | null; deputyId: string | null; from: string | null; reason: string }

type HandOverFormProps = { one: RoleAnswer; onClose: () => void }

/** Hands a role over on a day. */
export default function HandOverForm({ one, onClose }: HandOverFormProps) {
  const t = useWords(roleMessages)
  const format = useFormat()
  const today = useDay()
  const form = useForm<Draft, unknown>({
    initial: { personId: null, deputyId: null, from: today, reason: '' },
    save: ({ personId, deputyId, from, reason }, idempotencyKey) =>
      call('POST', `/api/roles/${one.id}/holder`, {
        body: {
          ...{ personId, deputyId: personId && deputyId },
          ...{ from, reason: reason.trim() || null },
        },
        ...{ version: one.version, idempotencyKey },
      }),
    onSaved: onClose,
  })
  const { values, set, error } = form
  return (
    <FormDrawer
      title={t.handTitle(format.text(one.name))}
      form={form}
      onClose={onClose}
      saveLabel={t.handOver}
      consequence={<p className="quiet">{t.handHint}</p>}
    >
      <PersonSelect
        label={t.person}
        value={values.personId}
        nobody={t.nobody}
        onChange={(id) => set('personId', id)}
        error={error('/personId')}
      />
      {values.personId ? (
        <PersonSelect
          label={t.deputyField}
          value={values.deputyId}
          nobody={t.noDeputy}
          except={values.personId}
          onChange={(id) => set('deputyId', id)}
          error={error('/deputyId')}
        />
      ) : null}
      <DayField
        label={t.fromDay}
        required
        value={values.from}
        onChange={(day) => set('from', day)}
        error={error('/from')}
      />
      <TextField
        label={t.reasonOptional}
        hint={t.reasonHint}
        lines
        value={values.reason}
        onChange={(reason) => set('reason', reason)}
        error={error('/reason')}
      />
    </FormDrawer>
  )
}
