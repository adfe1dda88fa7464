import { Drawer, SegmentedControl } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type Property, properties } from '../../assets/property.ts'
import { assetMessages } from '../../assets/web/messages.ts'
import { usePlaceNames } from '../../assets/web/names.ts'
import { useScale } from '../../assets/web/scale.ts'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Page, Section } from '../../web/ui/Page.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { State } from '../../web/ui/State.tsx'
import type { Group } from '../balance.ts'
import { BalanceFigure } from './BalanceFigure.tsx'
import css from './balance.module.css'
import { balanceMessages } from './balance-messages.ts'
import { type BalanceReasons, type GroupedBalance, type Grouping, groupings } from './balance-shapes.ts'

type Chosen = { key: string; property: Property }

/** What is looked at stands in the address, so that a link leads to it and Back closes it. */
function useChosen() {
  const navigate = useNavigate()
  const { by, of, in: property }: { by?: Grouping; of?: string; in?: Property } = useSearch({ strict: false })
  return {
    by: by !== undefined && groupings.includes(by) ? by : ('entity' as Grouping),
    chosen: of !== undefined && property !== undefined ? { key: of, property } : null,
    group: (next: string) =>
      navigate({
        to: '.',
        search: (before: object) => ({ ...before, by: next, of: undefined, in: undefined }),
      }),
    show: (next: Chosen | null) =>
      navigate({ to: '.', search: (before: object) => ({ ...before, of: next?.key, in: next?.property }) }),
  }
}

/** The value of assets against their protection, by group, the most neglected first. */
export function BalancePage() {
  const t = useWords(balanceMessages)
  const assets = useWords(assetMessages)
  const format = useFormat()
  const names = usePlaceNames()
  const scale = useScale()
  const { by, chosen, group, show } = useChosen()
  const read = useRead<GroupedBalance>('/api/balance', { by })
  const nameOf = (key: string): string => {
    if (key === 'none') return t.none[by] ?? key
    if (by === 'entity') return names.entity(key)
    if (by === 'service') return names.service(key)
    if (by === 'classification') return scale.classification(key)
    return assets.kinds[key as keyof typeof assets.kinds] ?? key
  }
  return (
    <Page
      title={t.title}
      lead={t.lead}
      above={<Link to="/app/assets">{assets.title}</Link>}
      actions={
        <SegmentedControl
          aria-label={t.by}
          value={by}
          onChange={group}
          data={groupings.map((value) => ({ value, label: t.groupings[value] }))}
        />
      }
    >
      <Loaded read={read}>
        {({ whole, groups, levels }) =>
          whole === null ? (
            <Empty title={t.empty} action={<Link to="/app/assets">{t.toAssets}</Link>}>
              {t.emptyText}
            </Empty>
          ) : (
            <>
              <div className={css.whole}>
                <BalanceFigure ranks={whole} levels={levels.length} />
                <Summary whole={whole} />
              </div>
              <Plain caption={t.title} head={[t.group, ...properties.map((each) => t.properties[each])]}>
                {groups.map((one) => (
                  <tr key={one.key} className={css.group}>
                    <th scope="row">
                      {nameOf(one.key)}
                      <small>{t.assets(format.number(one.assets))}</small>
                    </th>
                    {properties.map((property) => (
                      <td key={property}>
                        <Bars
                          group={one}
                          property={property}
                          levels={levels.length}
                          label={t.why(t.properties[property], nameOf(one.key))}
                          onOpen={() => show({ key: one.key, property })}
                        />
                      </td>
                    ))}
                  </tr>
                ))}
              </Plain>
              <p className="quiet">{t.mean}</p>
            </>
          )
        }
      </Loaded>
      {chosen ? (
        <Reasons by={by} chosen={chosen} name={nameOf(chosen.key)} onClose={() => show(null)} />
      ) : null}
    </Page>
  )
}

function Summary({ whole }: { whole: Group<string> }) {
  const t = useWords(balanceMessages)
  const format = useFormat()
  return (
    <dl className={css.summary}>
      {properties.map((property) => {
        const { valued, behind } = whole[property]
        return (
          <div key={property}>
            <dt>{t.properties[property]}</dt>
            <dd>
              {valued === 0 ? (
                <State tone="unknown">{t.notValued}</State>
              ) : behind === 0 ? (
                <State tone="met">{t.balanced}</State>
              ) : (
                <State tone={whole.neglected.includes(property) ? 'failing' : 'partial'}>
                  {t.behindOf(format.number(behind), format.number(valued))}
                  {whole.neglected.includes(property) ? ` · ${t.neglected}` : ''}
                </State>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

type BarsProps = {
  group: Group<string>
  property: Property
  levels: number
  label: string
  onOpen: () => void
}

const tenths = (value: number) => Math.round(value * 10) / 10

/** Two bars on the scale, value above protection; the button opens the reasons. */
function Bars({ group, property, levels, label, onOpen }: BarsProps) {
  const t = useWords(balanceMessages)
  const format = useFormat()
  const { valued, value, protection, behind } = group[property]
  const neglected = group.neglected.includes(property)
  const width = (rank: number) => `${levels === 0 ? 0 : (100 * rank) / levels}%`
  if (valued === 0) return <span className="quiet">{t.notValued}</span>
  return (
    <button type="button" className={css.bars} onClick={onOpen} data-neglected={neglected || undefined}>
      <span className="unseen">{label}. </span>
      <span className={css.track} aria-hidden="true">
        <i data-is="value" style={{ width: width(value) }} />
        <i data-is="protection" style={{ width: width(protection) }} />
        {value > protection ? (
          <i data-is="missing" style={{ left: width(protection), width: width(value - protection) }} />
        ) : null}
      </span>
      <span className={css.figures}>
        <span className="unseen">
          {t.cell(t.properties[property], format.number(tenths(value)), format.number(tenths(protection)))}.{' '}
        </span>
        <span aria-hidden="true" className="tabular">
          {format.number(tenths(value))} / {format.number(tenths(protection))}
        </span>
        {behind > 0 ? <span>{t.behindOf(format.number(behind), format.number(valued))}</span> : null}
        {neglected ? <State tone="failing">{t.neglected}</State> : null}
      </span>
    </button>
  )
}

type ReasonsProps = { by: Grouping; chosen: Chosen; name: string; onClose: () => void }

/** Which controls protect a group in one property, which do not, and which assets stay behind. */
function Reasons({ by, chosen, name, onClose }: ReasonsProps) {
  const t = useWords(balanceMessages)
  const shell = useWords(shellMessages)
  const format = useFormat()
  const read = useRead<BalanceReasons>('/api/balance/reasons', { by, ...chosen })
  return (
    <Drawer
      opened
      onClose={onClose}
      size={620}
      title={`${name} · ${t.properties[chosen.property]}`}
      closeButtonProps={{ 'aria-label': shell.form.close }}
    >
      <Loaded read={read}>
        {({ controls, furthest, assets }) => (
          <>
            <Section
              title={t.furthest}
              beside={<span className="quiet">{t.assets(format.number(assets))}</span>}
            >
              {furthest.length === 0 ? (
                <p className="quiet">{t.furthestNone}</p>
              ) : (
                <ul className={css.furthest}>
                  {furthest.map((one) => (
                    <li key={one.id}>
                      <Link to="/app/assets/$id" params={{ id: one.id }}>
                        <code>{one.key}</code>
                      </Link>
                      <span className="tabular">
                        {one.value} / {one.protection}
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </Section>
            <Section title={t.controls}>
              {controls.length === 0 ? (
                <p className="quiet">{t.noControls}</p>
              ) : (
                <Plain caption={t.controls} head={[t.control, t.shown, t.said, t.not]} cards={false}>
                  {controls.map((one) => (
                    <tr key={one.id}>
                      <th scope="row">
                        <Link to="/app/controls/$id" params={{ id: one.id }}>
                          <code>{one.code}</code> {format.text(one.name)}
                        </Link>
                      </th>
                      <td className="tabular">{format.number(one.shown)}</td>
                      <td className="tabular">{format.number(one.said)}</td>
                      <td className="tabular">{format.number(one.not)}</td>
                    </tr>
                  ))}
                </Plain>
              )}
            </Section>
          </>
        )}
      </Loaded>
    </Drawer>
  )
}
