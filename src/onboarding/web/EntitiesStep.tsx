import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Entity } from '../../organisation/entity.ts'
import type { EntityAnswer, List } from '../../organisation/web/shapes.ts'
import { call } from '../../web/client.ts'
import { useRead } from '../../web/data.ts'
import { ChoiceField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { type EntityKind, entitiesPasted, type NamedLine } from '../pasted-names.ts'
import { useAdding } from './adding.ts'
import { onboardingMessages } from './messages.ts'
import { NamedList, There } from './NamedList.tsx'
import { AddButton, linesKept, Outcome, PasteField } from './Pasted.tsx'

/** Companies, divisions and sites from a pasted list. */
export function EntitiesStep() {
  const read = useRead<List<EntityAnswer>>('/api/entities')
  return <Loaded read={read}>{({ items }) => <Entities items={items} />}</Loaded>
}

function Entities({ items }: { items: readonly EntityAnswer[] }) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const top = items.find((one) => one.parentId === null)
  const parent = chosen ?? top?.id ?? null
  const lines = entitiesPasted(text, items)
  const fresh = lines.filter(({ fate }) => fate === 'new')
  const nameOf = ({ name }: NamedLine<EntityKind>) => format.text(name)
  // Where nothing is there yet, the first that is added is the company, and the others belong below it.
  let above = parent
  const { state, run } = useAdding<NamedLine<EntityKind>>(async (row, keyFor) => {
    const { name, key, kind, country } = row
    const body = { name, key, kind, country, parentId: above, memberFrom: null, memberTo: null }
    const made = await call<Entity>('POST', '/api/entities', { body, idempotencyKey: keyFor(body) })
    above ??= made.id
  })
  const add = async () => {
    const refused = await run(fresh)
    const kept = new Set([
      ...refused.map(({ row }) => row.line),
      ...lines.filter(({ fate }) => fate === 'columns' || fate === 'long').map(({ line }) => line),
    ])
    setText(linesKept(text, kept))
  }
  return (
    <>
      <There names={items.map((one) => format.text(one.name))}>
        <Link to="/app/organisation">{t.entities.all}</Link>
      </There>
      {top ? (
        <ChoiceField
          label={t.entities.under}
          value={parent ?? ''}
          options={items.map((one) => ({ value: one.id, label: format.text(one.name) }))}
          onChange={setChosen}
        />
      ) : null}
      <PasteField
        label={t.entities.list}
        hint={top ? t.entities.hint : `${t.entities.firstHint} ${t.entities.hint}`}
        example={t.entities.example}
        value={text}
        onChange={setText}
      />
      <NamedList lines={lines} kinds={t.entities.kinds} countries />
      <AddButton count={fresh.length} label={t.add(format.number(fresh.length))} state={state} onAdd={add} />
      <Outcome state={state} nameOf={nameOf} />
    </>
  )
}
