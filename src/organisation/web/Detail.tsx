import { Drawer } from '@mantine/core'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { type Fact, Pairs } from '../../web/ui/Facts.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { organisationMessages } from './messages.ts'
import type { EntityAnswer, ServiceAnswer } from './shapes.ts'

type Around = { entities: readonly EntityAnswer[]; onClose: () => void }

export function EntityDetail({ entity, entities, onClose }: Around & { entity: EntityAnswer }) {
  const t = useWords(organisationMessages)
  const format = useFormat()
  const parent = entities.find((one) => one.id === entity.parentId)
  const facts = [
    { label: t.kind, value: t.kinds[entity.kind] },
    { label: t.parent, value: parent ? format.text(parent.name) : t.top },
    { label: t.country, value: entity.country ? format.country(entity.country) : '—' },
    { label: t.memberFrom, value: format.day(entity.memberFrom) },
    { label: t.memberTo, value: format.day(entity.memberTo) },
    { label: t.key, value: <code>{entity.key}</code> },
  ]
  return <Detail title={format.text(entity.name)} facts={facts} onClose={onClose} />
}

export function ServiceDetail({ service, entities, onClose }: Around & { service: ServiceAnswer }) {
  const t = useWords(organisationMessages)
  const format = useFormat()
  const entity = entities.find((one) => one.id === service.entityId)
  const facts = [
    { label: t.kind, value: t.serviceKinds[service.kind] },
    { label: t.entity, value: format.text(entity?.name) },
    { label: t.offeredFrom, value: format.day(service.offeredFrom) },
    { label: t.offeredTo, value: format.day(service.offeredTo) },
    { label: t.key, value: <code>{service.key}</code> },
  ]
  return <Detail title={format.text(service.name)} facts={facts} onClose={onClose} />
}

/** A record that this reader, or this day, lets nobody change. */
function Detail({ title, facts, onClose }: { title: string; facts: readonly Fact[]; onClose: () => void }) {
  const t = useWords(organisationMessages)
  const shell = useWords(shellMessages)
  const past = useIsPast()
  return (
    <Drawer opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': shell.form.close }}>
      <Notice tone="unknown">{past ? shell.time.off : t.readOnly}</Notice>
      <Pairs facts={facts} />
    </Drawer>
  )
}
