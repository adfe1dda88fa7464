import { Link } from '@tanstack/react-router'
import { properties } from '../../assets/property.ts'
import type { AssetLevel } from '../../assets/scale.ts'
import styles from '../../assets/web/assets.module.css'
import { assetMessages } from '../../assets/web/messages.ts'
import { NearLink } from '../../assets/web/Near.tsx'
import type { AssetRecord } from '../../assets/web/shapes.ts'
import { useRead } from '../../web/data.ts'
import { useMay } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { State, type Tone } from '../../web/ui/State.tsx'
import type { ControlState } from '../state.ts'
import { BalanceFigure } from './BalanceFigure.tsx'
import css from './balance.module.css'
import { balanceMessages } from './balance-messages.ts'
import type { AssetBalance } from './balance-shapes.ts'

/** What an asset is worth and why, against what protects it. */
export function AssetWorth({ asset }: { asset: AssetRecord }) {
  const may = useMay()
  const read = useRead<AssetBalance>(`/api/assets/${asset.id}/balance`, {}, may('posture.read'))
  return (
    <>
      {may('posture.read') ? (
        <Loaded read={read}>{(balance) => <Weighed asset={asset} balance={balance} />}</Loaded>
      ) : (
        <Reasons asset={asset} levels={[]} />
      )}
    </>
  )
}

function Weighed({ asset, balance }: { asset: AssetRecord; balance: AssetBalance }) {
  const t = useWords(balanceMessages)
  const format = useFormat()
  const { standing, levels } = balance
  if (standing === null) return <Empty title={t.notInUse}>{t.emptyText}</Empty>
  const levelName = (rank: number) => {
    const level = levels[rank - 1]
    return level ? `${level.number} ${format.text(level.name)}` : '—'
  }
  return (
    <>
      <div className={css.weighed}>
        <BalanceFigure ranks={standing} levels={levels.length} />
        <Plain caption={t.title} head={[t.property, t.value, t.protection, t.strength, t.state]}>
          {properties.map((property) => {
            const { value, protection, strength } = standing[property]
            const next = levels[value - 1]
            return (
              <tr key={property} data-neglected={balance.neglected.includes(property) || undefined}>
                <th scope="row">{t.properties[property]}</th>
                <td>{value === 0 ? <span className="quiet">{t.notValued}</span> : levelName(value)}</td>
                <td>{levelName(protection)}</td>
                <td className="tabular">
                  {format.number(strength)}
                  {next ? (
                    <span className="quiet">
                      {' '}
                      / {t.needs(format.number(next.needs), String(next.number))}
                    </span>
                  ) : null}
                </td>
                <td>
                  <Gap gap={standing[property].gap} neglected={balance.neglected.includes(property)} />
                </td>
              </tr>
            )
          })}
        </Plain>
      </div>
      <Reasons asset={asset} levels={levels} />
      <Protectors balance={balance} />
    </>
  )
}

/** How far protection stays behind the value. */
export function Gap({ gap, neglected }: { gap: number | null; neglected: boolean }) {
  const t = useWords(balanceMessages)
  const format = useFormat()
  if (gap === null) return <State tone="unknown">{t.notValued}</State>
  if (gap > 0)
    return (
      <State tone={neglected ? 'failing' : 'partial'}>
        {t.gap.behind(format.number(gap))}
        {neglected ? ` · ${t.neglected}` : ''}
      </State>
    )
  return <State tone="met">{gap === 0 ? t.gap.level : t.gap.ahead}</State>
}

function Reasons({ asset, levels }: { asset: AssetRecord; levels: readonly AssetLevel[] }) {
  const t = useWords(assetMessages)
  const format = useFormat()
  const name = (level: number | null) => {
    const found = levels.find((one) => one.number === level)
    return found ? `${found.number} ${format.text(found.name)}` : (level ?? '—')
  }
  return (
    <Section title={t.worth.title}>
      <Plain caption={t.worth.title} head={[t.worth.property, t.worth.level, t.worth.source]}>
        {properties.map((property) => {
          const { level, by, path } = asset.explained[property]
          const over = asset.override[property]
          return (
            <tr key={property}>
              <th scope="row">{t.properties[property]}</th>
              <td>{name(level)}</td>
              <td>
                {t.worth.by[by]}
                {by === 'override' && over ? <p className="quiet">{over.reason}</p> : null}
                {path.length > 1 ? (
                  <ol className={styles.path}>
                    {path.map((one, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: assets that the reader may not see have no id
                      <li key={index}>
                        <NearLink asset={one} />
                      </li>
                    ))}
                  </ol>
                ) : null}
              </td>
            </tr>
          )
        })}
      </Plain>
    </Section>
  )
}

const tones: Readonly<Record<ControlState, Tone>> = {
  effective: 'met',
  'not-assessed': 'unknown',
  failing: 'failing',
  absent: 'none',
}

function Protectors({ balance: { controls, offered } }: { balance: AssetBalance }) {
  const t = useWords(balanceMessages)
  const format = useFormat()
  const letters = (of: readonly (typeof properties)[number][]) => of.map((each) => t.letters[each]).join(' ')
  return (
    <>
      <Section title={t.controls}>
        {controls.length === 0 ? (
          <p className="quiet">{t.noControls}</p>
        ) : (
          <Plain caption={t.controls} head={[t.control, t.protects, t.state]}>
            {controls.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <Link to="/app/controls/$id" params={{ id: one.id }}>
                    <code>{one.code}</code> {format.text(one.name)}
                  </Link>
                </th>
                <td>{letters(one.properties)}</td>
                <td>
                  <State tone={tones[one.state]}>{t.controlState[one.state]}</State>
                </td>
              </tr>
            ))}
          </Plain>
        )}
      </Section>
      {offered.length > 0 ? (
        <Section title={t.offered}>
          <p className="quiet">{t.offeredText}</p>
          <ul className={styles.near}>
            {offered.map((one) => (
              <li key={one.id}>
                <Link to="/app/frameworks/common-controls/$control" params={{ control: one.id }}>
                  <code>{one.id}</code> {format.text(one.name)}
                </Link>
                <small>{letters(one.properties)}</small>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  )
}
