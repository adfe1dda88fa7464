import { MultiSelect } from '@mantine/core'
import type { ProgrammeNames } from '../../programmes/web/names.ts'
import { useRead } from '../../web/data.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, LocalTextField, TextField } from '../../web/form/fields.tsx'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { type Obligation, obligationKinds } from '../obligation.ts'
import css from './context.module.css'
import { blankKept, type KeptDraft, keptDraftOf, useKeptForm } from './draft.ts'
import { KeptHead, KeptTail } from './KeptFields.tsx'
import { contextMessages } from './messages.ts'
import { RequirementsField } from './RequirementsField.tsx'
import type { ObligationAnswer, PartyAnswer } from './shapes.ts'

type Own = Pick<
  Obligation,
  'kind' | 'source' | 'jurisdiction' | 'demands' | 'partyId' | 'serviceIds' | 'requirements'
>
type Draft = KeptDraft & Own

const draftOf = (one: Obligation): Draft => {
  const { kind, source, jurisdiction, demands, partyId, serviceIds, requirements } = one
  const own = { kind, source, jurisdiction, demands, partyId, serviceIds, requirements }
  return { ...keptDraftOf(one), ...own }
}

const blank: Own = {
  ...{ kind: 'legal', source: {}, jurisdiction: null, demands: {}, partyId: null },
  ...{ serviceIds: [], requirements: [] },
}

type ObligationFormProps = { one: ObligationAnswer | null; names: ProgrammeNames; onClose: () => void }

export default function ObligationForm({ one, names, onClose }: ObligationFormProps) {
  const t = useWords(contextMessages)
  const format = useFormat()
  const today = useDay()
  const parties = useRead<{ items: PartyAnswer[] }>('/api/parties', { limit: 200 }).data?.items ?? []
  const form = useKeptForm<Draft, ObligationAnswer>({
    ...{ address: '/api/obligations', one, draftOf, onClose },
    initial: { ...blankKept(today), ...blank },
  })
  const { values, patch, error } = form
  const labels = {
    ...{ name: t.name, key: t.key, kind: t.kind, source: t.obligation.source, demands: t.obligation.demands },
    ...{ jurisdiction: t.obligation.jurisdiction, partyId: t.obligation.party, entityIds: t.entities },
    ...{ serviceIds: t.obligation.services, requirements: t.obligation.requirements, ownerId: t.owner },
    ...{ reviewMonths: t.reviewMonths, from: t.from, to: t.to },
  }
  return (
    <FormDrawer
      title={one ? t.obligation.edit : t.obligation.new}
      form={form}
      onClose={onClose}
      labels={labels}
    >
      <KeptHead form={form} names={names} />
      <div className={css.two}>
        <ChoiceField
          label={t.kind}
          value={values.kind}
          options={obligationKinds.map((value) => ({ value, label: t.obligation.kinds[value] }))}
          onChange={(kind) => patch({ kind })}
          error={error('/kind')}
        />
        <TextField
          label={t.obligation.jurisdiction}
          hint={t.obligation.jurisdictionHint}
          mono
          value={values.jurisdiction ?? ''}
          onChange={(code) => patch({ jurisdiction: code.trim().toUpperCase() || null })}
          error={error('/jurisdiction')}
        />
      </div>
      <LocalTextField
        label={t.obligation.source}
        hint={t.obligation.sourceHint}
        value={values.source}
        onChange={(source) => patch({ source })}
        error={error('/source')}
      />
      <LocalTextField
        label={t.obligation.demands}
        lines
        value={values.demands}
        onChange={(demands) => patch({ demands })}
        error={error('/demands')}
      />
      <ChoiceField
        label={t.obligation.party}
        value={values.partyId ?? ''}
        options={[
          { value: '', label: t.obligation.noParty },
          ...parties.map((each) => ({ value: each.id, label: format.text(each.name) })),
        ]}
        onChange={(id) => patch({ partyId: id || null })}
        error={error('/partyId')}
      />
      <RequirementsField
        value={values.requirements}
        onChange={(requirements) => patch({ requirements })}
        error={error('/requirements')}
      />
      <MultiSelect
        label={t.obligation.services}
        searchable
        data={names.services}
        value={values.serviceIds}
        onChange={(serviceIds) => patch({ serviceIds })}
        error={error('/serviceIds')}
      />
      <KeptTail form={form} one={one} />
    </FormDrawer>
  )
}
