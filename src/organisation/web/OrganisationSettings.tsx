import { Button } from '@mantine/core'
import { useState } from 'react'
import { accessMessages } from '../../access/web/messages.ts'
import { call } from '../../web/client.ts'
import { useRead } from '../../web/data.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, DayField, LocalTextField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Pairs } from '../../web/ui/Facts.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import type { Organisation } from '../organisation.ts'
import { organisationMessages } from './messages.ts'
import type { OrganisationAnswer } from './shapes.ts'

/** The organisation's own facts: name, calendar and the host of its public page. */
export function OrganisationSettings() {
  const t = useWords(accessMessages)
  const own = useWords(organisationMessages)
  const format = useFormat()
  const past = useIsPast()
  const [editing, setEditing] = useState(false)
  const read = useRead<OrganisationAnswer>('/api/organisation')
  return (
    <Loaded read={read}>
      {(organisation) => (
        <>
          <Pairs
            facts={[
              { label: t.organisationName, value: format.text(organisation.name) },
              { label: t.timeZone, value: organisation.timeZone },
              { label: t.settings.host, value: organisation.host ?? '—' },
              ...(organisation.demoDay
                ? [{ label: t.settings.demoDay, value: format.day(organisation.demoDay) }]
                : []),
            ]}
          />
          {!past && organisation.abilities.includes('update') ? (
            <Button mt="md" variant="default" onClick={() => setEditing(true)}>
              {own.edit}
            </Button>
          ) : null}
          {editing ? (
            <OrganisationForm organisation={organisation} onClose={() => setEditing(false)} />
          ) : null}
        </>
      )}
    </Loaded>
  )
}

type Draft = Omit<Organisation, 'id'>

const draftOf = ({ name, timeZone, host, demoDay, version }: Organisation): Draft => ({
  ...{ name, timeZone, host, demoDay, version },
})

const zones = Intl.supportedValuesOf('timeZone')

function OrganisationForm({ organisation, onClose }: { organisation: Organisation; onClose: () => void }) {
  const t = useWords(accessMessages)
  const form = useForm<Draft, unknown>({
    initial: draftOf(organisation),
    save: ({ version, ...draft }) => call('PUT', '/api/organisation', { body: draft, version }),
    latest: async () => draftOf(await call<Organisation>('GET', '/api/organisation')),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const known = zones.includes(values.timeZone) ? zones : [values.timeZone, ...zones]
  const labels = {
    name: t.organisationName,
    timeZone: t.timeZone,
    host: t.settings.host,
    demoDay: t.settings.demoDay,
  }
  return (
    <FormDrawer title={t.settings.organisation} form={form} onClose={onClose} labels={labels}>
      <LocalTextField
        label={t.organisationName}
        value={values.name}
        onChange={(name) => set('name', name)}
        error={error('/name')}
      />
      <ChoiceField
        label={t.timeZone}
        hint={t.timeZoneHint}
        value={values.timeZone}
        options={known.map((value) => ({ value, label: value }))}
        onChange={(zone) => set('timeZone', zone)}
        error={error('/timeZone')}
      />
      <TextField
        label={t.settings.host}
        hint={t.settings.hostHint}
        value={values.host ?? ''}
        onChange={(host) => set('host', host || null)}
        error={error('/host')}
      />
      {organisation.demoDay ? (
        <DayField
          label={t.settings.demoDay}
          value={values.demoDay}
          onChange={(day) => set('demoDay', day)}
          error={error('/demoDay')}
        />
      ) : null}
    </FormDrawer>
  )
}
