import { Button, Checkbox, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '../../web/client.ts'
import { useRead } from '../../web/data.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Pairs } from '../../web/ui/Facts.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { dueKinds } from '../due.ts'
import css from './calendar.module.css'
import { calendarMessages } from './messages.ts'
import type { RulesShown } from './shapes.ts'

/** How the organisation is reminded, and whether mail can be sent at all. */
export function RemindersSettings() {
  const t = useWords(calendarMessages)
  const format = useFormat()
  const past = useIsPast()
  const [editing, setEditing] = useState(false)
  const read = useRead<RulesShown>('/api/calendar-rules')
  return (
    <Loaded read={read}>
      {(rules) => (
        <>
          <p className={`quiet ${css.rulesLead}`}>{t.rules.lead}</p>
          <Pairs
            facts={[
              { label: t.rules.escalation, value: t.rules.days(format.number(rules.escalationDays)) },
              { label: t.rules.digest, value: rules.digest ? t.rules.on : t.rules.offWord },
              { label: t.rules.hour, value: `${rules.digestHour}:00` },
              { label: t.rules.language, value: rules.language === 'ja' ? t.japanese : t.english },
              { label: t.rules.mailServer, value: rules.mail ? t.rules.mailReady : t.rules.mailMissing },
            ]}
          />
          <Section title={t.rules.leads}>
            <Pairs
              facts={dueKinds.map((kind) => ({
                label: t.kinds[kind],
                value: format.number(rules.leadDays[kind] ?? rules.usualLeadDays[kind]),
              }))}
            />
          </Section>
          {!past && rules.abilities.includes('update') ? (
            <Button mt="md" variant="default" onClick={() => setEditing(true)}>
              {t.rules.edit}
            </Button>
          ) : null}
          {editing ? <RulesForm rules={rules} onClose={() => setEditing(false)} /> : null}
        </>
      )}
    </Loaded>
  )
}

type Draft = Omit<RulesShown, 'usualLeadDays' | 'mail' | 'abilities'>

const draftOf = ({ version, escalationDays, leadDays, digestHour, digest, language }: RulesShown): Draft => ({
  ...{ version, escalationDays, leadDays, digestHour, digest, language },
})

function RulesForm({ rules, onClose }: { rules: RulesShown; onClose: () => void }) {
  const t = useWords(calendarMessages)
  const form = useForm<Draft, unknown>({
    initial: draftOf(rules),
    save: (body) => call('PUT', '/api/calendar-rules', { body }),
    latest: async () => draftOf(await call<RulesShown>('GET', '/api/calendar-rules')),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const number = (value: string | number, otherwise: number) =>
    typeof value === 'number' ? value : otherwise
  return (
    <FormDrawer title={t.rules.form} form={form} onClose={onClose}>
      <NumberInput
        label={t.rules.escalationField}
        min={1}
        max={366}
        value={values.escalationDays}
        onChange={(value) => set('escalationDays', number(value, values.escalationDays))}
        error={error('/escalationDays')}
      />
      <Checkbox
        label={t.rules.digest}
        checked={values.digest}
        onChange={(event) => set('digest', event.currentTarget.checked)}
      />
      <NumberInput
        label={t.rules.hourField}
        min={0}
        max={23}
        value={values.digestHour}
        onChange={(value) => set('digestHour', number(value, values.digestHour))}
        error={error('/digestHour')}
      />
      <ChoiceField
        label={t.rules.language}
        value={values.language}
        options={[
          { value: 'en', label: t.english },
          { value: 'ja', label: t.japanese },
        ]}
        onChange={(language) => set('language', language)}
        error={error('/language')}
      />
      <fieldset>
        <legend>{t.rules.leads}</legend>
        {dueKinds.map((kind) => (
          <NumberInput
            key={kind}
            label={t.kinds[kind]}
            min={0}
            max={366}
            value={values.leadDays[kind] ?? rules.usualLeadDays[kind]}
            onChange={(value) =>
              set('leadDays', { ...values.leadDays, [kind]: number(value, rules.usualLeadDays[kind]) })
            }
            error={error(`/leadDays/${kind}`)}
          />
        ))}
      </fieldset>
    </FormDrawer>
  )
}
