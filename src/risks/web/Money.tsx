import { Button } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Bones, Empty } from '../../web/ui/Empty.tsx'
import { Facts } from '../../web/ui/Facts.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import type { Quantity } from '../quantity.ts'
import { expectedLoss, percentiles } from '../simulation.ts'
import { LossCurve } from './LossCurve.tsx'
import { riskMessages } from './messages.ts'
import { money, shortMoney } from './money.ts'
import css from './risks.module.css'
import type { RiskRecord } from './shapes.ts'
import { useSimulation } from './useSimulation.ts'

const QuantityForm = lazy(() => import('./QuantityForm.tsx'))

/** What a risk may cost in a year, where somebody estimated it in numbers. */
export default function Money({ risk }: { risk: RiskRecord }) {
  const t = useWords(riskMessages)
  const past = useIsPast()
  const [open, setOpen] = useState(false)
  const may = !past && risk.abilities.includes('update')
  const button = (label: string) =>
    may ? (
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {label}
      </Button>
    ) : null
  return (
    <>
      {risk.quantity ? (
        <Result quantity={risk.quantity} change={button(t.money.edit)} />
      ) : (
        <Empty title={t.money.empty} action={button(t.money.add)}>
          {t.money.emptyText}
        </Empty>
      )}
      <Suspense fallback={null}>
        {open ? <QuantityForm risk={risk} onClose={() => setOpen(false)} /> : null}
      </Suspense>
    </>
  )
}

function Result({ quantity, change }: { quantity: Quantity; change: ReactNode }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const found = useSimulation(quantity)
  const { currency } = quantity
  if (found === null) return <Bones rows={8} label={t.money.running} />
  const expected = expectedLoss(quantity)
  const price = (amount: number) => shortMoney(amount, currency, format.language)
  const percent = new Intl.NumberFormat(format.language, { style: 'percent', maximumFractionDigits: 2 })
  return (
    <Section title={t.money.title} beside={change}>
      <Facts
        facts={[
          { label: t.money.expected, value: price(expected) },
          { label: t.money.mean, value: price(found.mean) },
          { label: t.money.anyLoss, value: percent.format(found.anyLoss) },
          ...percentiles
            .filter((one) => one !== 5)
            .map((one) => ({
              label: one === 50 ? t.money.median : t.money.percentile(String(one)),
              value: `≤ ${price(found.percentiles[one])}`,
            })),
        ]}
      />
      <LossCurve curve={found.curve} currency={currency} expected={expected} />
      <p className="quiet">
        {t.money.trialsOf(format.number(found.trials), String(quantity.seed))} · {t.money.frequency}{' '}
        {format.number(quantity.frequency.low)}–{format.number(quantity.frequency.high)} · {t.money.loss}{' '}
        {price(quantity.loss.low)}–{price(quantity.loss.high)}
      </p>
      <p className={css.scenario}>{quantity.why}</p>
      <details>
        <summary>{t.money.table}</summary>
        <Plain caption={t.money.curve} head={[t.money.axisLoss, t.money.axisProbability]}>
          {found.curve.map((point) => (
            <tr key={point.loss}>
              <th scope="row" className="tabular">
                {money(point.loss, currency, format.language)}
              </th>
              <td className="tabular">{percent.format(point.probability)}</td>
            </tr>
          ))}
        </Plain>
      </details>
    </Section>
  )
}
