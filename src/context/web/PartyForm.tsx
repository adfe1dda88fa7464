import { ActionIcon, Button, Checkbox } from '@mantine/core'
import type { ProgrammeNames } from '../../programmes/web/names.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, LocalTextField } from '../../web/form/fields.tsx'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { type Need, type Party, partyKinds } from '../party.ts'
import css from './context.module.css'
import { blankKept, type KeptDraft, keptDraftOf, useKeptForm } from './draft.ts'
import { KeptHead, KeptTail } from './KeptFields.tsx'
import { contextMessages } from './messages.ts'
import type { PartyAnswer } from './shapes.ts'

type Draft = KeptDraft & { kind: Party['kind']; needs: Need[] }

const draftOf = (one: Party): Draft => ({ ...keptDraftOf(one), kind: one.kind, needs: one.needs })

type PartyFormProps = { one: PartyAnswer | null; names: ProgrammeNames; onClose: () => void }

export default function PartyForm({ one, names, onClose }: PartyFormProps) {
  const t = useWords(contextMessages)
  const today = useDay()
  const form = useKeptForm<Draft, PartyAnswer>({
    ...{ address: '/api/parties', one, draftOf, onClose },
    initial: { ...blankKept(today), kind: 'customer', needs: [] },
  })
  const { values, patch, error } = form
  const labels = {
    ...{ name: t.name, key: t.key, kind: t.kind, needs: t.party.needs, entityIds: t.entities },
    ...{ ownerId: t.owner, reviewMonths: t.reviewMonths, from: t.from, to: t.to },
  }
  return (
    <FormDrawer title={one ? t.party.edit : t.party.new} form={form} onClose={onClose} labels={labels}>
      <KeptHead form={form} names={names} />
      <ChoiceField
        label={t.kind}
        value={values.kind}
        options={partyKinds.map((value) => ({ value, label: t.party.kinds[value] }))}
        onChange={(kind) => patch({ kind })}
        error={error('/kind')}
      />
      <Needs needs={values.needs} onChange={(needs) => patch({ needs })} error={error} />
      <KeptTail form={form} one={one} />
    </FormDrawer>
  )
}

type NeedsProps = {
  needs: readonly Need[]
  onChange: (needs: Need[]) => void
  error: (pointer: string) => string | null
}

/** What a party requires, each with whether and how it is answered (4.2 b and c). */
function Needs({ needs, onChange, error }: NeedsProps) {
  const t = useWords(contextMessages)
  const put = (at: number, part: Partial<Need>) =>
    onChange(needs.map((need, index) => (index === at ? { ...need, ...part } : need)))
  return (
    <fieldset className={css.list}>
      <legend>{t.party.needs}</legend>
      {needs.map((need, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two needs may be alike while they are written, and none moves
        <div key={at} className={css.part}>
          <LocalTextField
            label={t.party.need}
            lines
            value={need.text}
            onChange={(text) => put(at, { text })}
            error={error(`/needs/${at}/text`)}
          />
          <Checkbox
            label={t.party.addressed}
            checked={need.addressed}
            onChange={({ currentTarget: { checked } }) =>
              put(at, { addressed: checked, ...(checked ? {} : { answer: null }) })
            }
          />
          {need.addressed ? (
            <LocalTextField
              label={t.party.answer}
              lines
              value={need.answer ?? {}}
              onChange={(answer) => put(at, { answer: answer.en || answer.ja ? answer : null })}
              error={error(`/needs/${at}/answer`)}
            />
          ) : null}
          <ActionIcon
            className={css.remove ?? ''}
            aria-label={t.party.removeNeed(String(at + 1))}
            onClick={() => onChange(needs.filter((_, index) => index !== at))}
          >
            <Icon name="close" />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Icon name="plus" />}
          onClick={() => onChange([...needs, { text: {}, addressed: true, answer: null }])}
        >
          {t.party.addNeed}
        </Button>
      </div>
    </fieldset>
  )
}
