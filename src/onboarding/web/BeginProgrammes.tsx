import { Checkbox, MultiSelect } from '@mantine/core'
import { useState } from 'react'
import type { EditionSummary } from '../../frameworks/web/shapes.ts'
import { addDays, addMonths, type Day } from '../../kernel/day.ts'
import type { EntityAnswer, ServiceAnswer } from '../../organisation/web/shapes.ts'
import { call } from '../../web/client.ts'
import { DayField } from '../../web/form/fields.tsx'
import { useDay } from '../../web/frame/day.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { State } from '../../web/ui/State.tsx'
import { useAdding } from './adding.ts'
import { onboardingMessages } from './messages.ts'
import css from './onboarding.module.css'
import { AddButton, Outcome } from './Pasted.tsx'
import type { Beginning } from './shapes.ts'

type BeginProps = {
  editions: readonly EditionSummary[]
  /** Keys of editions for which a programme runs. */
  begun: ReadonlySet<string>
  /** Keys of programmes that are taken. */
  keys: ReadonlySet<string>
  beginning: Beginning
  entities: readonly EntityAnswer[]
  services: readonly ServiceAnswer[]
}

const parts = (ids: readonly string[], name: 'entityId' | 'serviceId') =>
  ids.map((id) => ({ [name]: id, from: null, to: null }))

/** A key for the programme of an edition: the edition's own, with the year where that is taken. */
const keyFor = (edition: string, day: Day, taken: ReadonlySet<string>) =>
  [edition, `${edition}-${day.slice(0, 4)}`, `${edition}-${day}`].find((key) => !taken.has(key)) ?? edition

/** Begins a programme for each edition that is chosen, all with the same scope and first cycle. */
export function BeginProgrammes({ editions, begun, keys, beginning, entities, services }: BeginProps) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  const today = useDay()
  const me = useMe().data?.person
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [categories, setCategories] = useState<Readonly<Record<string, string[]>>>({})
  const isSaid = beginning.scopeEntityIds.length + beginning.scopeServiceIds.length > 0
  const top = entities.find((one) => one.parentId === null) ?? entities[0]
  const [entityIds, setEntityIds] = useState(isSaid ? beginning.scopeEntityIds : top ? [top.id] : [])
  const [serviceIds, setServiceIds] = useState(beginning.scopeServiceIds)
  const [from, setFrom] = useState<Day | null>(today)
  const [to, setTo] = useState<Day | null>(addDays(addMonths(today, 12), -1))
  const [auditOn, setAuditOn] = useState<Day | null>(null)
  const wanted = editions.filter((one) => chosen.includes(one.key) && !begun.has(one.key))
  const { state, run } = useAdding<EditionSummary>((one, idempotent) => {
    const body = {
      ...{ key: keyFor(one.key, today, keys), name: one.name, edition: one.key, audiences: [] },
      categories: categories[one.key] ?? [],
      entities: parts(entityIds, 'entityId'),
      services: parts(serviceIds, 'serviceId'),
      cycles: [{ from, to, auditOn }],
      ...{ ownerId: me?.id ?? null, certificateId: null },
    }
    return call('POST', '/api/programmes', { body, idempotencyKey: idempotent(body) })
  })
  const named = (items: BeginProps['entities'] | BeginProps['services']) =>
    items.map((one) => ({ value: one.id, label: format.text(one.name) }))
  return (
    <>
      <ul className={css.editions}>
        {editions.map((one) => (
          <li key={one.key}>
            <Checkbox
              label={format.text(one.name)}
              description={t.frameworks.families[one.family] ?? null}
              disabled={begun.has(one.key)}
              checked={begun.has(one.key) || chosen.includes(one.key)}
              onChange={({ currentTarget: { checked } }) =>
                setChosen(checked ? [...chosen, one.key] : chosen.filter((key) => key !== one.key))
              }
            />
            {begun.has(one.key) ? <State tone="met">{t.frameworks.begun}</State> : null}
          </li>
        ))}
      </ul>
      {wanted.length === 0 ? null : (
        <>
          {wanted
            .filter((one) => one.categories.length > 0)
            .map((one) => (
              <MultiSelect
                key={one.key}
                label={t.frameworks.categories(format.text(one.name))}
                description={t.frameworks.categoriesHint}
                data={one.categories.map(({ key, titles }) => ({ value: key, label: format.text(titles) }))}
                value={categories[one.key] ?? []}
                onChange={(keysOf) => setCategories({ ...categories, [one.key]: keysOf })}
              />
            ))}
          <div className={css.two}>
            <MultiSelect
              label={`${t.frameworks.scope}: ${t.scope.entities}`}
              searchable
              data={named(entities)}
              value={entityIds}
              onChange={setEntityIds}
            />
            <MultiSelect
              label={`${t.frameworks.scope}: ${t.scope.offered}`}
              searchable
              data={named(services)}
              value={serviceIds}
              onChange={setServiceIds}
            />
          </div>
          <div className={css.three}>
            <DayField label={t.frameworks.from} required value={from} onChange={setFrom} />
            <DayField label={t.frameworks.to} required value={to} onChange={setTo} />
            <DayField label={t.frameworks.audit} value={auditOn} onChange={setAuditOn} />
          </div>
        </>
      )}
      <AddButton
        count={wanted.length}
        label={t.frameworks.begin(format.number(wanted.length))}
        state={state}
        onAdd={() => run(wanted)}
      />
      <Outcome state={state} nameOf={(one) => format.text(one.name)} done={t.frameworks.done} />
    </>
  )
}
