import { ActionIcon, Button, Menu } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useMayNow } from '../../web/frame/me.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { inTreeOrder } from '../../web/frame/tree.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { State } from '../../web/ui/State.tsx'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import type { Places } from './names.ts'
import type { ControlRecord, ImplementationAnswer, PlaceAnswer } from './shapes.ts'
import { stanceTones, useFrequencyWords } from './words.ts'

const ImplementationForm = lazy(() => import('./ImplementationForm.tsx'))
const EndForm = lazy(() => import('./EndForm.tsx'))
const EventForm = lazy(() => import('./EventForm.tsx'))

type Place = { entityId: string; serviceId: string | null }
type Open =
  | { form: 'implement'; place: Place; one: ImplementationAnswer | null; ofService: boolean }
  | { form: 'end' | 'event'; place: Place; one: ImplementationAnswer }
  | null

/** Every entity in its tree with the way in which it carries the control out: its own, or whose. */
export function Where({ control, places }: { control: ControlRecord; places: Places }) {
  const t = useWords(controlMessages)
  const may = useMayNow()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const order = inTreeOrder(places.entities)
  const rows = order.flatMap(({ node, depth }) =>
    control.places
      .filter((one) => one.entityId === node.id)
      .map((place) => ({ place, depth: place.serviceId === null ? depth : depth + 1 })),
  )
  const byId = new Map(control.carriedOut.map((one) => [one.id, one]))
  const shallow = Math.min(...rows.map((row) => row.depth))
  const ended = control.carriedOut.filter((one) => one.endedOn !== null)
  const add = may('implementation.create') && control.retiredOn === null
  const [first] = rows
  return (
    <>
      {control.places.every((one) => one.kind === 'none') ? (
        <div className={css.teach}>
          <strong>{t.where.empty}</strong>
          <p>{t.where.emptyText}</p>
          {add && first ? (
            <Button
              onClick={() => setOpen({ form: 'implement', place: first.place, one: null, ofService: false })}
            >
              {t.where.addTitle(places.place(first.place))}
            </Button>
          ) : null}
        </div>
      ) : null}
      <Plain
        caption={t.where.caption}
        head={[t.where.place, t.where.how, t.where.stance, t.where.frequency, t.where.owner, '']}
      >
        {rows.map(({ place, depth }) => (
          <PlaceRow
            key={`${place.entityId} ${place.serviceId}`}
            control={control}
            place={place}
            depth={depth - shallow}
            by={byId.get(place.implementationId ?? '') ?? null}
            places={places}
            add={add}
            onOpen={setOpen}
          />
        ))}
      </Plain>
      {ended.length > 0 ? <Ended ended={ended} places={places} /> : null}
      <Suspense fallback={null}>
        {open?.form === 'implement' ? (
          <ImplementationForm control={control} {...open} places={places} onClose={close} />
        ) : null}
        {open?.form === 'end' ? (
          <EndForm one={open.one} place={places.place(open.place)} onClose={close} />
        ) : null}
        {open?.form === 'event' ? <EventForm one={open.one} onClose={close} /> : null}
      </Suspense>
    </>
  )
}

type RowProps = {
  control: ControlRecord
  place: PlaceAnswer
  depth: number
  by: ImplementationAnswer | null
  places: Places
  add: boolean
  onOpen: (open: Open) => void
}

function PlaceRow(props: RowProps) {
  const { control, place, depth, by, places } = props
  const t = useWords(controlMessages)
  const format = useFormat()
  const words = useFrequencyWords()
  const own = place.kind === 'own'
  const owner = by?.owner ?? control.owner
  return (
    <tr data-kind={place.kind} className={css.place}>
      <td>
        <span className={css.branch} style={{ paddingInlineStart: Math.min(depth, 8) * 16 }}>
          {place.serviceId === null ? places.entity(place.entityId) : places.service(place.serviceId)}
        </span>
      </td>
      <td>
        <How place={place} places={places} />
        {own && by && !by.inheritable ? <small className="quiet"> {t.where.notInherited}</small> : null}
      </td>
      <td>
        {place.stance === null ? (
          <span className="quiet">—</span>
        ) : (
          <State tone={stanceTones[place.stance]}>{t.stances[place.stance]}</State>
        )}
        {place.reason && place.stance !== 'operating' ? (
          <div className={css.reason}>{format.text(place.reason)}</div>
        ) : null}
      </td>
      <td className={own ? undefined : 'quiet'}>{by ? words(by.frequency) : '—'}</td>
      <td>{own ? owner ? format.text(owner.name) : <span className="quiet">{t.nobody}</span> : null}</td>
      <td className={css.act}>
        <PlaceActions {...props} />
      </td>
    </tr>
  )
}

function How({ place, places }: { place: PlaceAnswer; places: Places }) {
  const t = useWords(controlMessages)
  if (place.kind === 'none') return <span className="quiet">{t.where.nothing}</span>
  if (place.kind === 'inherited')
    return <span className="quiet">{t.where.inherited(places.entity(place.fromEntityId))}</span>
  return place.overridesEntityId ? t.where.overrides(places.entity(place.overridesEntityId)) : t.where.own
}

function PlaceActions({ place, by, places, add, onOpen }: RowProps) {
  const t = useWords(controlMessages)
  const past = useIsPast()
  const may = (ability: string) => !past && (by?.abilities.includes(ability) ?? false)
  const services = places.services.filter((one) => one.entityId === place.entityId)
  const implement = (one: ImplementationAnswer | null, ofService = false) =>
    onOpen({ form: 'implement', place, one, ofService })
  const items: [string, () => void][] = []
  if (place.kind === 'own' && by) {
    if (may('update')) items.push([t.edit, () => implement(by)])
    if (by.frequency?.kind === 'event' && by.stance === 'operating' && may('update'))
      items.push([t.where.event, () => onOpen({ form: 'event', place, one: by })])
    if (may('end')) items.push([t.where.end, () => onOpen({ form: 'end', place, one: by })])
  } else if (add)
    items.push([place.kind === 'inherited' ? t.where.overrideHere : t.where.add, () => implement(null)])
  if (add && place.serviceId === null && services.length > 0)
    items.push([t.where.service, () => implement(null, true)])
  if (items.length === 0) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t.where.actionsOf(places.place(place))}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(([label, act]) => (
          <Menu.Item key={label} onClick={act}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Ended({ ended, places }: { ended: readonly ImplementationAnswer[]; places: Places }) {
  const t = useWords(controlMessages)
  const format = useFormat()
  return (
    <Section title={t.where.ended}>
      <ul className={css.lines}>
        {ended.map((one) => (
          <li key={one.id}>
            <span>{places.place(one)}</span>
            <span className="quiet">{t.where.until(format.day(one.endedOn))}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
