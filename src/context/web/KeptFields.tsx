import { MultiSelect, NumberInput } from '@mantine/core'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import type { ProgrammeNames } from '../../programmes/web/names.ts'
import { ChangedFrom } from '../../web/form/ChangedFrom.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { NameAndKey } from '../../web/form/NameAndKey.tsx'
import type { FormPart } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import type { Kept } from '../kept.ts'
import css from './context.module.css'
import { isMoved, type KeptDraft } from './draft.ts'
import { contextMessages } from './messages.ts'
import type { KeptAnswer } from './shapes.ts'

type Part = { form: FormPart<KeptDraft> }

/** What an entry is called and whom it concerns. */
export function KeptHead({ form, names }: Part & { names: ProgrammeNames }) {
  const t = useWords(contextMessages)
  const { values, patch, error } = form
  return (
    <>
      <NameAndKey words={t} form={form} />
      <MultiSelect
        label={t.entities}
        description={t.entitiesHint}
        searchable
        data={names.entities}
        value={values.entityIds}
        onChange={(entityIds) => patch({ entityIds })}
        error={error('/entityIds')}
      />
    </>
  )
}

/** Who keeps an entry true, for how long it holds and how often it is looked at; at the end of its form. */
export function KeptTail({
  form,
  one,
}: Part & { one: (Pick<KeptAnswer, 'owner'> & Pick<Kept, 'ownerId' | 'reviewMonths'>) | null }) {
  const t = useWords(contextMessages)
  const { values, patch, error } = form
  return (
    <>
      <PersonSelect
        label={t.owner}
        value={values.ownerId}
        nobody={t.nobody}
        already={[one?.owner ?? null]}
        onChange={(ownerId) => patch({ ownerId })}
        error={error('/ownerId')}
      />
      <div className={css.two}>
        <DayField
          label={t.from}
          hint={t.fromHint}
          value={values.from}
          onChange={(from) => patch({ from })}
          error={error('/from')}
        />
        <NumberInput
          label={t.reviewMonths}
          description={t.reviewMonthsHint}
          min={1}
          max={60}
          allowDecimal={false}
          value={values.reviewMonths ?? ''}
          onChange={(value) => patch({ reviewMonths: value === '' ? null : Math.round(Number(value)) })}
          error={error('/reviewMonths')}
        />
      </div>
      <ChangedFrom form={form} changed={isMoved(one, values)} />
      {one ? (
        <TextField
          label={t.reasonOptional}
          hint={t.reasonHint}
          lines
          value={values.reason}
          onChange={(reason) => patch({ reason })}
          error={error('/reason')}
        />
      ) : null}
    </>
  )
}
