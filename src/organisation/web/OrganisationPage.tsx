import { Button, Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useRead } from '../../web/data.ts'
import { useMayNow } from '../../web/frame/me.ts'
import { useEntityScope, useIsPast } from '../../web/frame/times.ts'
import { inTreeOrder } from '../../web/frame/tree.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import { EntityDetail, ServiceDetail } from './Detail.tsx'
import { EntityForm } from './EntityForm.tsx'
import { EntityTable } from './EntityTable.tsx'
import { organisationMessages } from './messages.ts'
import { ServiceForm } from './ServiceForm.tsx'
import { ServiceTable } from './ServiceTable.tsx'
import type { EntityAnswer, List, ServiceAnswer } from './shapes.ts'

type Search = { tab?: string; open?: string }

/** Legal entities, divisions and sites with their days of membership, and the services they answer for. */
export function OrganisationPage() {
  const t = useWords(organisationMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const { tab = 'entities', open }: Search = useSearch({ strict: false })
  const scope = useEntityScope()
  const may = useMayNow()
  const past = useIsPast()
  const entities = useRead<List<EntityAnswer>>('/api/entities')
  const services = useRead<List<ServiceAnswer>>('/api/services')
  const all = entities.data?.items ?? []
  const show = (next: Search) =>
    navigate({ to: '.', search: (before: object) => ({ ...before, open: undefined, ...next }) })
  const close = () => show({})
  const entity = all.find((one) => open === `entity-${one.id}`)
  const service = services.data?.items.find((one) => open === `service-${one.id}`)
  const within = new Set(inTreeOrder(all, scope).map(({ node }) => node.id))
  const servicesHere = (services.data?.items ?? []).filter((one) => within.has(one.entityId))
  const isServices = tab === 'services' || open?.startsWith('service') === true
  const count = isServices ? servicesHere.length : within.size
  const create = isServices ? 'service' : 'entity'
  const editable = (one: { abilities: string[] }) => !past && one.abilities.includes('update')
  return (
    <Page
      title={t.title}
      beside={entities.data ? <Count>{format.number(count)}</Count> : null}
      actions={
        may(`${create}.create`) ? (
          <Button leftSection={<Icon name="plus" />} onClick={() => show({ tab, open: `new-${create}` })}>
            {isServices ? t.newService : t.newEntity}
          </Button>
        ) : null
      }
    >
      <Tabs value={isServices ? 'services' : 'entities'} onChange={(next) => show(next ? { tab: next } : {})}>
        <Tabs.List mb="md">
          <Tabs.Tab value="entities">{t.entities}</Tabs.Tab>
          <Tabs.Tab value="services">{t.services}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="entities">
          {isServices ? null : (
            <EntityTable
              read={entities}
              scope={scope}
              onOpen={(one) => show({ tab, open: `entity-${one.id}` })}
            />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="services">
          {isServices ? (
            <ServiceTable
              read={{ ...services, data: { items: servicesHere } } as typeof services}
              entities={all}
              onOpen={(one) => show({ tab: 'services', open: `service-${one.id}` })}
            />
          ) : null}
        </Tabs.Panel>
      </Tabs>
      {entity && editable(entity) ? <EntityForm entity={entity} entities={all} onClose={close} /> : null}
      {entity && !editable(entity) ? <EntityDetail entity={entity} entities={all} onClose={close} /> : null}
      {service && editable(service) ? <ServiceForm service={service} entities={all} onClose={close} /> : null}
      {service && !editable(service) ? (
        <ServiceDetail service={service} entities={all} onClose={close} />
      ) : null}
      {open === 'new-entity' ? <EntityForm entity={null} entities={all} onClose={close} /> : null}
      {open === 'new-service' ? (
        <ServiceForm service={null} entities={all} onClose={() => show({ tab: 'services' })} />
      ) : null}
    </Page>
  )
}
