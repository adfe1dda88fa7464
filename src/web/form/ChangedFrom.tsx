import type { Day } from '../../kernel/day.ts'
import { useWords } from '../i18n/catalogue.ts'
import { catalogue } from '../i18n/paired.ts'
import { DayField } from './fields.tsx'
import type { FormPart } from './useForm.ts'

const changedFromMessages = catalogue(
  { label: 'Holds from', hint: 'Empty is today. Days before keep what stood there.' },
  { label: '変更の適用日', hint: '空欄の場合は本日からです。それより前の日付では以前の内容が残ります。' },
)

export type WithChangedFrom = { changedFrom: Day | null }

type ChangedFromProps = {
  form: FormPart<WithChangedFrom>
  /** Whether something that is dated differs from what stood; without it there is nothing to ask. */
  changed: boolean
}

/** From which day another owner, or another dated field, is so. */
export function ChangedFrom({ form: { values, patch, error }, changed }: ChangedFromProps) {
  const t = useWords(changedFromMessages)
  if (!changed) return null
  return (
    <DayField
      label={t.label}
      hint={t.hint}
      value={values.changedFrom}
      onChange={(changedFrom) => patch({ changedFrom })}
      error={error('/changedFrom')}
    />
  )
}

/** What of a draft is sent: a day that was chosen for a change that was taken back says nothing. */
export const changedFromOf = ({ changedFrom }: WithChangedFrom, changed: boolean): WithChangedFrom => ({
  changedFrom: changed ? changedFrom : null,
})
