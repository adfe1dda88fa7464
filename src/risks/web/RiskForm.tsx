import { Checkbox, MultiSelect, NumberInput } from '@mantine/core'
import { usePlaces } from '../../controls/web/names.ts'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { ChangedFrom, changedFromOf, type WithChangedFrom } from '../../web/form/ChangedFrom.tsx'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, DayField, LocalTextField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useMay, useMe } from '../../web/frame/me.ts'
import { useEntityScope } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { approaches, properties, type Risk } from '../risk.ts'
import { riskMessages } from './messages.ts'
import { RecordsSelect } from './RecordsSelect.tsx'
import css from './risks.module.css'
import type { Linked, RiskRecord } from './shapes.ts'

type Draft = Omit<
  Risk,
  | 'id'
  | 'version'
  | 'assessments'
  | 'treatments'
  | 'actions'
  | 'reviews'
  | 'closed'
  | 'reopened'
  | 'entityId'
  | 'former'
> &
  WithChangedFrom & { entityId: string; reason: string }

/** What is written about a risk, as the API takes it. */
export const draftOf = (one: RiskRecord): Draft => ({
  ...{ code: one.code, name: one.name, scenario: one.scenario, approach: one.approach, threat: one.threat },
  ...{ vulnerability: one.vulnerability, affects: one.affects, entityId: one.entityId },
  ...{ serviceIds: one.serviceIds, assetIds: one.assetIds, issueIds: one.issueIds },
  ...{ obligationIds: one.obligationIds, ownerId: one.ownerId, identifiedOn: one.identifiedOn },
  ...{ reviewMonths: one.reviewMonths, quantity: one.quantity, changedFrom: null, reason: '' },
})

/** What a new risk is about, where it is written down from the page of an asset. */
type About = Linked & { entityId: string; serviceIds: readonly string[] }

function useBlank(about: About | undefined): Draft {
  const { entities } = usePlaces()
  const scope = useEntityScope()
  const me = useMe().data
  return {
    ...{
      code: '',
      name: {},
      scenario: {},
      approach: 'event',
      threat: null,
      vulnerability: null,
      affects: [],
    },
    ...{ entityId: about?.entityId ?? scope ?? entities[0]?.id ?? '', issueIds: [] },
    ...{ serviceIds: [...(about?.serviceIds ?? [])], assetIds: about ? [about.id] : [] },
    ...{ obligationIds: [], ownerId: me?.person?.id ?? null, identifiedOn: me?.today ?? '' },
    ...{ reviewMonths: null, quantity: null, changedFrom: null, reason: '' },
  }
}

type RiskFormProps = {
  risk: RiskRecord | null
  about?: About
  onClose: () => void
  onSaved: (id: string) => void
}

/** Whether it goes to somebody else, or is looked at in another rhythm: such a change has a day. */
const isMoved = (risk: RiskRecord | null, draft: Pick<Draft, 'ownerId' | 'reviewMonths'>): boolean =>
  risk !== null && (risk.ownerId !== draft.ownerId || risk.reviewMonths !== draft.reviewMonths)

/** The words, the place and the owner of a risk. */
export default function RiskForm({ risk, about, onClose, onSaved }: RiskFormProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const may = useMay()
  const places = usePlaces()
  const blank = useBlank(about)
  const form = useForm<Draft, { id: string }>({
    initial: risk ? draftOf(risk) : blank,
    save: ({ reason, code, changedFrom, ...draft }, idempotencyKey) =>
      risk
        ? call('PUT', `/api/risks/${risk.id}`, {
            body: {
              ...{ ...draft, ...changedFromOf({ changedFrom }, isMoved(risk, draft)) },
              ...{ code, reason: reason || null },
            },
            version: risk.version,
          })
        : call('POST', '/api/risks', { body: { ...draft, code: code || null }, idempotencyKey }),
    ...(risk ? { latest: async () => draftOf(await call<RiskRecord>('GET', `/api/risks/${risk.id}`)) } : {}),
    onSaved: ({ id }) => onSaved(id),
  })
  const { values, set, error } = form
  const optional = (text: Draft['scenario']) => (text.en || text.ja ? text : null)
  return (
    <FormDrawer
      title={risk ? t.form.edit(risk.code) : t.form.create}
      form={form}
      onClose={onClose}
      labels={{
        ...{ code: t.code, name: t.name, scenario: t.scenario, threat: t.threat, affects: t.affects },
        ...{ vulnerability: t.vulnerability, entityId: t.entity, ownerId: t.owner, assetIds: t.assets },
        reviewMonths: t.reviewMonths,
      }}
    >
      <LocalTextField
        label={t.name}
        value={values.name}
        onChange={(name) => set('name', name)}
        error={error('/name')}
      />
      <LocalTextField
        label={t.scenario}
        hint={t.scenarioHint}
        lines
        value={values.scenario}
        onChange={(scenario) => set('scenario', scenario)}
        error={error('/scenario')}
      />
      <Checkbox.Group
        label={t.affects}
        withAsterisk
        value={[...values.affects]}
        onChange={(affects) =>
          set(
            'affects',
            properties.filter((one) => affects.includes(one)),
          )
        }
        error={error('/affects')}
      >
        <div className={css.buttons}>
          {properties.map((one) => (
            <Checkbox key={one} value={one} label={t.properties[one]} />
          ))}
        </div>
      </Checkbox.Group>
      <div className={css.two}>
        <ChoiceField
          label={t.entity}
          required
          value={values.entityId}
          options={places.entities.map((one) => ({ value: one.id, label: format.text(one.name) }))}
          onChange={(entityId) => set('entityId', entityId)}
          error={error('/entityId')}
        />
        <PersonSelect
          label={t.owner}
          value={values.ownerId}
          nobody={t.nobody}
          already={[risk?.owner ?? null]}
          onChange={(ownerId) => set('ownerId', ownerId)}
          error={error('/ownerId')}
        />
        <TextField
          label={t.code}
          hint={t.codeHint}
          mono
          value={values.code}
          onChange={(code) => set('code', code)}
          error={error('/code')}
        />
        <DayField
          label={t.identified}
          required
          value={values.identifiedOn}
          onChange={(day) => set('identifiedOn', day ?? '')}
          error={error('/identifiedOn')}
        />
        <ChoiceField
          label={t.approach}
          value={values.approach}
          options={approaches.map((one) => ({ value: one, label: t.approaches[one] }))}
          onChange={(approach) => set('approach', approach)}
        />
        <NumberInput
          label={t.reviewMonths}
          description={t.reviewMonthsHint}
          min={1}
          max={60}
          allowDecimal={false}
          value={values.reviewMonths ?? ''}
          onChange={(value) => set('reviewMonths', value === '' ? null : Number(value))}
          error={error('/reviewMonths')}
        />
        <ChangedFrom form={form} changed={isMoved(risk, values)} />
      </div>
      <MultiSelect
        label={t.services}
        searchable
        data={places.services.map((one) => ({ value: one.id, label: format.text(one.name) }))}
        value={[...values.serviceIds]}
        onChange={(ids) => set('serviceIds', ids)}
        error={error('/serviceIds')}
      />
      {may('asset.read') ? (
        <RecordsSelect
          label={t.assets}
          path="/api/assets"
          value={values.assetIds}
          already={risk?.assets ?? (about ? [about] : [])}
          onChange={(ids) => set('assetIds', ids)}
          error={error('/assetIds')}
        />
      ) : null}
      {may('context-issue.read') ? (
        <RecordsSelect
          label={t.issues}
          path="/api/issues"
          value={values.issueIds}
          already={risk?.issues ?? []}
          onChange={(ids) => set('issueIds', ids)}
          error={error('/issueIds')}
        />
      ) : null}
      {may('obligation.read') ? (
        <RecordsSelect
          label={t.obligations}
          path="/api/obligations"
          value={values.obligationIds}
          already={risk?.obligations ?? []}
          onChange={(ids) => set('obligationIds', ids)}
          error={error('/obligationIds')}
        />
      ) : null}
      <LocalTextField
        label={t.threat}
        lines
        value={values.threat ?? {}}
        onChange={(threat) => set('threat', optional(threat))}
        error={error('/threat')}
      />
      <LocalTextField
        label={t.vulnerability}
        lines
        value={values.vulnerability ?? {}}
        onChange={(text) => set('vulnerability', optional(text))}
        error={error('/vulnerability')}
      />
      {risk ? (
        <TextField
          label={t.reason}
          hint={t.reasonHint}
          value={values.reason}
          onChange={(reason) => set('reason', reason)}
          error={error('/reason')}
        />
      ) : null}
    </FormDrawer>
  )
}
