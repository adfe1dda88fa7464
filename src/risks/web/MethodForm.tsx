import { NumberInput } from '@mantine/core'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, DayField, LocalTextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { RiskMethod } from '../method.ts'
import { AreaFields } from './AreaFields.tsx'
import { BandFields } from './BandFields.tsx'
import { LevelFields } from './LevelFields.tsx'
import { MatrixField } from './MatrixField.tsx'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'
import type { MethodAnswer } from './shapes.ts'

export type MethodDraft = Pick<
  RiskMethod,
  | 'name'
  | 'description'
  | 'likelihood'
  | 'consequence'
  | 'areas'
  | 'bands'
  | 'matrix'
  | 'aggregation'
  | 'reviewMonths'
  | 'effectiveFrom'
>

const draftOf = (one: RiskMethod): MethodDraft => ({
  ...{ name: one.name, description: one.description, likelihood: one.likelihood },
  ...{ consequence: one.consequence, areas: one.areas, bands: one.bands, matrix: one.matrix },
  ...{ aggregation: one.aggregation, reviewMonths: one.reviewMonths, effectiveFrom: one.effectiveFrom },
})

/** The matrix fitted to scales that grew or shrank: what is new is as high as its neighbour. */
export function fitted(matrix: readonly (readonly number[])[], rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => {
      const line = matrix[Math.min(row, matrix.length - 1)] ?? []
      return line[Math.min(column, line.length - 1)] ?? 0
    }),
  )
}

type MethodFormProps = {
  /** The draft that is edited; null begins a new version. */
  method: MethodAnswer | null
  /** What a new version begins with. */
  base: RiskMethod
  onClose: () => void
}

/** A version of the method as a whole; it judges nothing before another person has approved it. */
export default function MethodForm({ method, base, onClose }: MethodFormProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const today = useMe().data?.today ?? base.effectiveFrom
  const form = useForm<MethodDraft, unknown>({
    initial: { ...draftOf(base), ...(method ? {} : { effectiveFrom: today }) },
    save: (body, idempotencyKey) =>
      method
        ? call('PUT', `/api/risk-methods/${method.id}`, { body, version: method.version })
        : call('POST', '/api/risk-methods', { body, idempotencyKey }),
    ...(method
      ? { latest: async () => draftOf(await call<MethodAnswer>('GET', `/api/risk-methods/${method.id}`)) }
      : {}),
    onSaved: onClose,
  })
  const { values, set, patch, error } = form
  const levels = (axis: 'likelihood' | 'consequence') => (next: RiskMethod['likelihood']) => {
    const rows = axis === 'likelihood' ? next.length : values.likelihood.length
    const columns = axis === 'consequence' ? next.length : values.consequence.length
    patch({
      [axis]: next,
      matrix: fitted(values.matrix, rows, columns),
      areas: values.areas.map((area) => ({
        ...area,
        anchors: Array.from({ length: columns }, (_, at) => area.anchors[at] ?? {}),
      })),
    })
  }
  return (
    <FormDrawer
      title={method ? t.method.form.edit(format.number(method.number)) : t.method.form.create}
      form={form}
      onClose={onClose}
    >
      <LocalTextField
        label={t.name}
        value={values.name}
        onChange={(name) => set('name', name)}
        error={error('/name')}
      />
      <LocalTextField
        label={t.method.description}
        lines
        value={values.description}
        onChange={(description) => set('description', description)}
        error={error('/description')}
      />
      <div className={css.two}>
        <DayField
          label={t.method.effective}
          required
          value={values.effectiveFrom}
          onChange={(day) => set('effectiveFrom', day ?? '')}
          error={error('/effectiveFrom')}
        />
        <NumberInput
          label={t.method.form.months}
          min={1}
          max={60}
          allowDecimal={false}
          value={values.reviewMonths}
          onChange={(value) => set('reviewMonths', Number(value))}
          error={error('/reviewMonths')}
        />
      </div>
      <ChoiceField
        label={t.method.aggregation}
        value={values.aggregation}
        options={(['highest', 'mean-rounded-up'] as const).map((value) => ({
          value,
          label: t.method.aggregations[value],
        }))}
        onChange={(aggregation) => set('aggregation', aggregation)}
      />
      <MatrixField draft={values} onChange={(matrix) => set('matrix', matrix)} error={error} />
      <BandFields
        bands={values.bands}
        onChange={(bands) =>
          patch({
            bands,
            matrix: values.matrix.map((row) => row.map((band) => Math.min(band, bands.length - 1))),
          })
        }
        error={error}
      />
      {(['likelihood', 'consequence'] as const).map((axis) => (
        <LevelFields
          key={axis}
          title={t[axis]}
          pointer={`/${axis}`}
          levels={values[axis]}
          onChange={levels(axis)}
          error={error}
        />
      ))}
      <AreaFields draft={values} onChange={(areas) => set('areas', areas)} error={error} />
    </FormDrawer>
  )
}
