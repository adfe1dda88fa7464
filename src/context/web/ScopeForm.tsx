import { ActionIcon, Button, MultiSelect } from '@mantine/core'
import type { LocalText } from '../../kernel/language.ts'
import type { ProgrammeNames } from '../../programmes/web/names.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, LocalTextField } from '../../web/form/fields.tsx'
import { type Form, useForm } from '../../web/form/useForm.ts'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import type { ScopeStatement } from '../scope-statement.ts'
import css from './context.module.css'
import { scopeMessages } from './scope-messages.ts'
import type { ScopeAnswer, ScopeVersion } from './shapes.ts'

type Exclusion = { what: LocalText; justification: LocalText | null }

type Draft = Pick<ScopeStatement, 'entityIds' | 'serviceIds' | 'interfaces' | 'effectiveFrom'> & {
  scope: LocalText
  boundaries: LocalText
  exclusions: Exclusion[]
  version?: number
}

const draftOf = (one: ScopeStatement): Draft => {
  const { scope, boundaries, entityIds, serviceIds, interfaces, exclusions, effectiveFrom, version } = one
  const words = { scope, boundaries: boundaries ?? {} }
  return { ...words, entityIds, serviceIds, interfaces, exclusions, effectiveFrom, version }
}

/** A new version begins with the words of the one before and with what the programme has in scope now. */
function firstDraft(scope: ScopeAnswer, today: string): Draft {
  const before = scope.versions[0]
  return {
    scope: before?.scope ?? scope.programme.name,
    boundaries: before?.boundaries ?? {},
    interfaces: before?.interfaces ?? [],
    exclusions: before?.exclusions ?? [],
    ...scope.proposal,
    effectiveFrom: today,
  }
}

const hasWords = (text: LocalText | null): boolean => Boolean(text?.en || text?.ja)

const bodyOf = ({ version: _, ...draft }: Draft) => ({
  ...draft,
  boundaries: hasWords(draft.boundaries) ? draft.boundaries : null,
  exclusions: draft.exclusions.map((one) => ({
    ...one,
    justification: hasWords(one.justification) ? one.justification : null,
  })),
})

type ScopeFormProps = {
  scope: ScopeAnswer
  one: ScopeVersion | null
  names: ProgrammeNames
  onClose: () => void
}

/** Writes a draft of a scope statement: the words, the parts, the interfaces and what is left out and why. */
export default function ScopeForm({ scope, one, names, onClose }: ScopeFormProps) {
  const t = useWords(scopeMessages)
  const format = useFormat()
  const today = useDay()
  const address = `/api/programmes/${scope.programme.id}/scope`
  const latest = async () => {
    const { versions } = await call<ScopeAnswer>('GET', address)
    const found = versions.find((each) => each.id === one?.id)
    return found ? draftOf(found) : firstDraft(scope, today)
  }
  const form = useForm<Draft, unknown>({
    initial: one ? draftOf(one) : firstDraft(scope, today),
    save: (draft, idempotencyKey) =>
      one && draft.version !== undefined
        ? call('PUT', `/api/scope-statements/${one.id}`, { body: bodyOf(draft), version: draft.version })
        : call('POST', address, { body: bodyOf(draft), idempotencyKey }),
    ...(one ? { latest } : {}),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const number = one?.number ?? (scope.versions[0]?.number ?? 0) + 1
  const labels = {
    ...{ scope: t.scope, boundaries: t.boundaries, entityIds: t.entities, serviceIds: t.services },
    ...{ interfaces: t.interfaces, exclusions: t.exclusions, effectiveFrom: t.effectiveFrom },
  }
  return (
    <FormDrawer title={t.newTitle(format.number(number))} form={form} onClose={onClose} labels={labels}>
      <LocalTextField
        label={t.scope}
        hint={t.scopeHint}
        lines
        value={values.scope}
        onChange={(text) => set('scope', text)}
        error={error('/scope')}
      />
      <LocalTextField
        label={t.boundaries}
        hint={t.boundariesHint}
        lines
        value={values.boundaries}
        onChange={(text) => set('boundaries', text)}
        error={error('/boundaries')}
      />
      <MultiSelect
        label={t.entities}
        searchable
        data={names.entities}
        value={values.entityIds}
        onChange={(ids) => set('entityIds', ids)}
        error={error('/entityIds')}
      />
      <MultiSelect
        label={t.services}
        searchable
        data={names.services}
        value={values.serviceIds}
        onChange={(ids) => set('serviceIds', ids)}
        error={error('/serviceIds')}
      />
      <DayField
        label={t.effectiveFrom}
        hint={t.effectiveHint}
        required
        value={values.effectiveFrom}
        onChange={(day) => day && set('effectiveFrom', day)}
        error={error('/effectiveFrom')}
      />
      <Exclusions form={form} />
      <Interfaces form={form} />
    </FormDrawer>
  )
}

function Exclusions({ form: { values, set, error } }: { form: Form<Draft> }) {
  const t = useWords(scopeMessages)
  const { exclusions } = values
  const put = (at: number, part: Partial<Exclusion>) =>
    set(
      'exclusions',
      exclusions.map((one, index) => (index === at ? { ...one, ...part } : one)),
    )
  return (
    <fieldset className={css.list}>
      <legend>{t.exclusions}</legend>
      {exclusions.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may be alike while they are written, and none moves
        <div key={at} className={css.part}>
          <LocalTextField
            label={t.exclusion}
            value={one.what}
            onChange={(what) => put(at, { what })}
            error={error(`/exclusions/${at}/what`)}
          />
          <LocalTextField
            label={t.justification}
            lines
            value={one.justification ?? {}}
            onChange={(justification) => put(at, { justification })}
            error={error(`/exclusions/${at}/justification`)}
          />
          <Remove
            label={t.removeExclusion(String(at + 1))}
            onClick={() =>
              set(
                'exclusions',
                exclusions.filter((_, index) => index !== at),
              )
            }
          />
        </div>
      ))}
      <Add
        label={t.addExclusion}
        onClick={() => set('exclusions', [...exclusions, { what: {}, justification: null }])}
      />
    </fieldset>
  )
}

function Interfaces({ form: { values, set, error } }: { form: Form<Draft> }) {
  const t = useWords(scopeMessages)
  const { interfaces } = values
  const put = (at: number, part: Partial<Draft['interfaces'][number]>) =>
    set(
      'interfaces',
      interfaces.map((one, index) => (index === at ? { ...one, ...part } : one)),
    )
  return (
    <fieldset className={css.list}>
      <legend>{t.interfaces}</legend>
      <p className="quiet">{t.interfacesHint}</p>
      {interfaces.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may be alike while they are written, and none moves
        <div key={at} className={css.part}>
          <LocalTextField
            label={t.name}
            value={one.name}
            onChange={(name) => put(at, { name })}
            error={error(`/interfaces/${at}/name`)}
          />
          <LocalTextField
            label={t.with}
            value={one.with}
            onChange={(other) => put(at, { with: other })}
            error={error(`/interfaces/${at}/with`)}
          />
          <LocalTextField
            label={t.what}
            lines
            value={one.description}
            onChange={(description) => put(at, { description })}
            error={error(`/interfaces/${at}/description`)}
          />
          <Remove
            label={t.removeInterface(String(at + 1))}
            onClick={() =>
              set(
                'interfaces',
                interfaces.filter((_, index) => index !== at),
              )
            }
          />
        </div>
      ))}
      <Add
        label={t.addInterface}
        onClick={() => set('interfaces', [...interfaces, { name: {}, with: {}, description: {} }])}
      />
    </fieldset>
  )
}

type ButtonProps = { label: string; onClick: () => void }

const Remove = ({ label, onClick }: ButtonProps) => (
  <ActionIcon className={css.remove ?? ''} aria-label={label} onClick={onClick}>
    <Icon name="close" />
  </ActionIcon>
)

const Add = ({ label, onClick }: ButtonProps) => (
  <div>
    <Button variant="default" size="compact-sm" leftSection={<Icon name="plus" />} onClick={onClick}>
      {label}
    </Button>
  </div>
)
