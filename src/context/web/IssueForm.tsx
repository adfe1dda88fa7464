import { Checkbox } from '@mantine/core'
import type { ProgrammeNames } from '../../programmes/web/names.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, LocalTextField } from '../../web/form/fields.tsx'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { type Issue, issueOrigins, issueTopics } from '../issue.ts'
import css from './context.module.css'
import { blankKept, type KeptDraft, keptDraftOf, useKeptForm } from './draft.ts'
import { KeptHead, KeptTail } from './KeptFields.tsx'
import { contextMessages } from './messages.ts'
import type { IssueAnswer } from './shapes.ts'

type Draft = KeptDraft & Pick<Issue, 'origin' | 'topic' | 'relevant' | 'effect'>

const draftOf = (one: Issue): Draft => ({
  ...keptDraftOf(one),
  ...{ origin: one.origin, topic: one.topic, relevant: one.relevant, effect: one.effect },
})

type IssueFormProps = {
  one: IssueAnswer | null
  names: ProgrammeNames
  onClose: () => void
  /** The topic of a new issue, where the page asks for one. */
  topic?: Issue['topic']
}

export default function IssueForm({ one, names, onClose, topic }: IssueFormProps) {
  const t = useWords(contextMessages)
  const today = useDay()
  const climate =
    topic === 'climate' ? { key: 'climate-change', name: { en: 'Climate change', ja: '気候変動' } } : {}
  const form = useKeptForm<Draft, IssueAnswer>({
    ...{ address: '/api/issues', one, draftOf, onClose },
    initial: {
      ...{ ...blankKept(today), ...climate },
      ...{ origin: 'external', topic: topic ?? 'technology', relevant: true, effect: {} },
    },
  })
  const { values, patch, error } = form
  const labels = {
    ...{ name: t.name, key: t.key, origin: t.issue.origin, topic: t.issue.topic, entityIds: t.entities },
    ...{ relevant: t.issue.relevance, effect: t.issue.effect, ownerId: t.owner },
    ...{ reviewMonths: t.reviewMonths, from: t.from, to: t.to },
  }
  return (
    <FormDrawer title={one ? t.issue.edit : t.issue.new} form={form} onClose={onClose} labels={labels}>
      <KeptHead form={form} names={names} />
      <div className={css.two}>
        <ChoiceField
          label={t.issue.origin}
          value={values.origin}
          options={issueOrigins.map((value) => ({ value, label: t.issue.origins[value] }))}
          onChange={(origin) => patch({ origin })}
          error={error('/origin')}
        />
        <ChoiceField
          label={t.issue.topic}
          value={values.topic}
          options={issueTopics.map((value) => ({ value, label: t.issue.topics[value] }))}
          onChange={(chosen) => patch({ topic: chosen })}
          error={error('/topic')}
        />
      </div>
      <Checkbox
        label={t.issue.relevantField}
        checked={values.relevant}
        onChange={({ currentTarget: { checked } }) => patch({ relevant: checked })}
      />
      <LocalTextField
        label={t.issue.effect}
        hint={t.issue.effectHint}
        lines
        value={values.effect}
        onChange={(effect) => patch({ effect })}
        error={error('/effect')}
      />
      <KeptTail form={form} one={one} />
    </FormDrawer>
  )
}
