import { TextInput } from '@mantine/core'
import type { Day } from '../../kernel/day.ts'
import type { LocalText } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { useRead } from '../../web/data.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, LocalTextField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Plain } from '../../web/ui/Plain.tsx'
import { trustMessages } from './messages.ts'
import type { PlaceholderAnswer, TextAnswer } from './shapes.ts'

type Draft = {
  section: string
  place: number
  title: LocalText
  body: LocalText
  effectiveFrom: Day | null
  effectiveTo: Day | null
  version: number
}

const draftOf = (text: TextAnswer | null): Draft => ({
  section: text?.section ?? 'policy',
  place: text?.place ?? 0,
  title: text?.title ?? {},
  body: text?.body ?? {},
  effectiveFrom: text?.effectiveFrom ?? null,
  effectiveTo: text?.effectiveTo ?? null,
  version: text?.version ?? 0,
})

const bodyOf = ({ version: _, title, ...draft }: Draft) => ({
  ...draft,
  title: title.en || title.ja ? title : null,
})

/** A text of the page; other words than those reviewed need a new review. */
export function TextForm({ text, onClose }: { text: TextAnswer | null; onClose: () => void }) {
  const t = useWords(trustMessages)
  const form = useForm<Draft, unknown>({
    initial: draftOf(text),
    save: (draft, idempotencyKey) =>
      text
        ? call('PUT', `/api/trust/texts/${text.id}`, { body: bodyOf(draft), version: draft.version })
        : call('POST', '/api/trust/texts', { body: bodyOf(draft), idempotencyKey }),
    ...(text
      ? {
          latest: async () => {
            const { items } = await call<{ items: TextAnswer[] }>('GET', '/api/trust/texts')
            return draftOf(items.find((one) => one.id === text.id) ?? text)
          },
        }
      : {}),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const labels = {
    section: t.section,
    title: t.heading,
    body: t.body,
    effectiveFrom: t.effectiveFrom,
    effectiveTo: t.effectiveTo,
  }
  return (
    <FormDrawer title={text ? t.editText : t.newText} form={form} onClose={onClose} labels={labels}>
      <TextField
        label={t.section}
        mono
        value={values.section}
        onChange={(section) => set('section', section)}
        error={error('/section')}
      />
      <TextInput
        label={t.order}
        type="number"
        min={0}
        max={999}
        value={values.place}
        onChange={(event) => set('place', Number(event.currentTarget.value))}
        error={error('/place')}
      />
      <LocalTextField
        label={t.heading}
        value={values.title}
        onChange={(title) => set('title', title)}
        error={error('/title')}
      />
      <LocalTextField
        label={t.body}
        hint={t.bodyHint}
        lines
        value={values.body}
        onChange={(body) => set('body', body)}
        error={error('/body')}
      />
      <DayField
        label={t.effectiveFrom}
        value={values.effectiveFrom}
        onChange={(day) => set('effectiveFrom', day)}
        error={error('/effectiveFrom')}
      />
      <DayField
        label={t.effectiveTo}
        value={values.effectiveTo}
        onChange={(day) => set('effectiveTo', day)}
        error={error('/effectiveTo')}
      />
      <Placeholders />
    </FormDrawer>
  )
}

function Placeholders() {
  const t = useWords(trustMessages)
  const read = useRead<{ items: PlaceholderAnswer[] }>('/api/trust/placeholders')
  if (!read.data) return null
  return (
    <details>
      <summary>{t.placeholders}</summary>
      <Plain caption={t.placeholders} head={[t.placeholders, t.placeholderMeaning, t.placeholderToday]}>
        {read.data.items.map((one) => (
          <tr key={one.placeholder}>
            <td>
              <code>{one.placeholder}</code>
            </td>
            <td>{one.meaning}</td>
            <td>{[one.en, one.ja].filter(Boolean).join(' / ')}</td>
          </tr>
        ))}
      </Plain>
    </details>
  )
}
