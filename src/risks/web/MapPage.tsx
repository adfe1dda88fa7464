import { SegmentedControl } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { usePlaces } from '../../controls/web/names.ts'
import { addMonths, isDay } from '../../kernel/day.ts'
import { useRead } from '../../web/data.ts'
import { ChoiceField, DayField } from '../../web/form/fields.tsx'
import { useEntityScope } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Page, Section } from '../../web/ui/Page.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import type { RiskMethod } from '../method.ts'
import { type ValueKind, valueKinds } from '../rating.ts'
import { Band } from './Band.tsx'
import { useDay } from './columns.tsx'
import { HeatMap } from './HeatMap.tsx'
import { MapNotes } from './MapNotes.tsx'
import { Moved } from './Moved.tsx'
import { riskMessages } from './messages.ts'
import { Pages } from './Pages.tsx'
import css from './risks.module.css'
import type { RiskMap } from './shapes.ts'

type MapSearch = { since?: string; which?: string; on?: string; method?: string }

/** Where risks lie and how they moved between two days; the address keeps what is looked at. */
export function MapPage() {
  const t = useWords(riskMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const places = usePlaces()
  const day = useDay()
  const scope = useEntityScope()
  const search: MapSearch & { at?: string } = useSearch({ strict: false })
  const which = valueKinds.find((kind) => kind === search.which) ?? 'residual'
  const since = search.since === '' ? null : isDay(search.since ?? '') ? search.since : addMonths(day, -12)
  const entity = search.at ?? scope ?? ''
  const go = (part: Partial<MapSearch> & { at?: string | undefined }) =>
    navigate({ to: '.', search: (before: object) => ({ ...before, ...part }) })
  const read = useRead<RiskMap>('/api/risks/map', {
    ...{ from: since, which, entity: entity || null, method: search.method },
  })
  return (
    <Page title={t.map.title} lead={t.map.lead} wide>
      <Pages here="map" />
      <div className={css.filters}>
        <SegmentedControl
          aria-label={t.which}
          data={valueKinds.map((kind) => ({ value: kind, label: t.levelOf[kind] }))}
          value={which}
          onChange={(kind) => go({ which: kind })}
        />
        <DayField label={t.map.since} value={since ?? null} onChange={(next) => go({ since: next ?? '' })} />
        <ChoiceField
          label={t.entity}
          value={entity}
          options={[
            { value: '', label: t.everyEntity },
            ...places.entities.map((one) => ({ value: one.id, label: format.text(one.name) })),
          ]}
          onChange={(at) => go({ at: at || undefined })}
        />
      </div>
      <Loaded read={read}>
        {(map) =>
          map.method === null ? (
            <Empty title={t.method.empty} action={null}>
              {t.map.noMethod}
            </Empty>
          ) : (
            <Drawn map={map} method={map.method} which={which} since={since ?? null} entity={entity} />
          )
        }
      </Loaded>
    </Page>
  )
}

type DrawnProps = {
  map: RiskMap
  method: RiskMethod
  which: ValueKind
  since: string | null
  entity: string
}

function Drawn({ map, method, which, since, entity }: DrawnProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const places = usePlaces()
  return (
    <>
      <MapNotes map={map} />
      <HeatMap method={method} points={map.points} which={which} moving={since !== null} entity={entity} />
      <div className={css.side}>
        {since === null ? null : <Moved points={map.points} since={since} />}
        <Section title={t.map.byEntity}>
          <p className="quiet">{t.map.aggregationText(t.map.aggregation[method.aggregation])}</p>
          <Plain caption={t.map.byEntity} head={[t.entity, t.map.risks, t.map.together]}>
            {map.groups.map((one) => (
              <tr key={one.entityId}>
                <th scope="row">{places.entity(one.entityId)}</th>
                <td className="tabular">{format.number(one.risks)}</td>
                <td>
                  <Band rating={one.index === null ? null : (method.bands[one.index] ?? null)} />
                </td>
              </tr>
            ))}
          </Plain>
        </Section>
      </div>
    </>
  )
}
