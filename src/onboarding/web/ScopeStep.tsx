import { Button, MultiSelect } from '@mantine/core'
import { useState } from 'react'
import type { EntityAnswer, List, ServiceAnswer } from '../../organisation/web/shapes.ts'
import { call } from '../../web/client.ts'
import { useRead } from '../../web/data.ts'
import { ChoiceField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { type NamedLine, type ServiceKind, servicesPasted } from '../pasted-names.ts'
import { useAdding } from './adding.ts'
import { useSay } from './beginning.ts'
import { onboardingMessages } from './messages.ts'
import { NamedList, There } from './NamedList.tsx'
import css from './onboarding.module.css'
import { AddButton, linesKept, Outcome, PasteField } from './Pasted.tsx'
import type { Beginning } from './shapes.ts'

type Places = { entities: readonly EntityAnswer[]; services: readonly ServiceAnswer[] }

/** Services from a pasted list, and what of all this the first certification is about. */
export function ScopeStep({ beginning }: { beginning: Beginning }) {
  const t = useWords(onboardingMessages)
  const entities = useRead<List<EntityAnswer>>('/api/entities')
  const services = useRead<List<ServiceAnswer>>('/api/services')
  return (
    <Loaded read={entities}>
      {({ items: companies }) => (
        <Loaded read={services}>
          {({ items }) =>
            companies.length === 0 ? (
              <Notice tone="unknown">{t.scope.needsEntity}</Notice>
            ) : (
              <>
                <h3>{t.scope.services}</h3>
                <Services entities={companies} services={items} />
                <h3>{t.scope.first}</h3>
                <First beginning={beginning} entities={companies} services={items} />
              </>
            )
          }
        </Loaded>
      )}
    </Loaded>
  )
}

function Services({ entities, services }: Places) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  const [text, setText] = useState('')
  const [entityId, setEntityId] = useState(entities.find((one) => one.parentId === null)?.id ?? '')
  const lines = servicesPasted(text, services)
  const fresh = lines.filter(({ fate }) => fate === 'new')
  const { state, run } = useAdding<NamedLine<ServiceKind>>(({ name, key, kind }, keyFor) => {
    const body = { name, key, kind, entityId, offeredFrom: null, offeredTo: null }
    return call('POST', '/api/services', { body, idempotencyKey: keyFor(body) })
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
      <There names={services.map((one) => format.text(one.name))} />
      {entities.length > 1 ? (
        <ChoiceField
          label={t.scope.by}
          value={entityId}
          options={entities.map((one) => ({ value: one.id, label: format.text(one.name) }))}
          onChange={setEntityId}
        />
      ) : null}
      <PasteField
        label={t.scope.list}
        hint={t.scope.hint}
        example={t.scope.example}
        value={text}
        onChange={setText}
      />
      <NamedList lines={lines} kinds={t.scope.kinds} />
      <AddButton count={fresh.length} label={t.add(format.number(fresh.length))} state={state} onAdd={add} />
      <Outcome state={state} nameOf={({ name }) => format.text(name)} />
    </>
  )
}

function First({ beginning, entities, services }: Places & { beginning: Beginning }) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  const [entityIds, setEntityIds] = useState(beginning.scopeEntityIds)
  const [serviceIds, setServiceIds] = useState(beginning.scopeServiceIds)
  const say = useSay(beginning)
  const options = (items: Places['entities'] | Places['services']) =>
    items.map((one) => ({ value: one.id, label: format.text(one.name) }))
  return (
    <>
      <p className="quiet">{t.scope.firstText}</p>
      <div className={css.two}>
        <MultiSelect
          label={t.scope.entities}
          searchable
          data={options(entities)}
          value={entityIds}
          onChange={setEntityIds}
        />
        <MultiSelect
          label={t.scope.offered}
          searchable
          data={options(services)}
          value={serviceIds}
          onChange={setServiceIds}
        />
      </div>
      {say.error ? <Failure error={say.error} /> : null}
      <div className={css.act}>
        <Button
          variant="default"
          loading={say.isPending}
          disabled={entityIds.length + serviceIds.length === 0}
          onClick={() => say.mutate({ scopeEntityIds: entityIds, scopeServiceIds: serviceIds })}
        >
          {t.scope.save}
        </Button>
        <span className="quiet" role="status">
          {say.isSuccess ? t.scope.saved : null}
        </span>
      </div>
    </>
  )
}
