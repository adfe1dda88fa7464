import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Facts, Pairs } from '../../web/ui/Facts.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import type { RiskMethod } from '../method.ts'
import { Band } from './Band.tsx'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'
import type { MethodAnswer } from './shapes.ts'

/** Everything that one version of the method says. */
export function MethodBody({ method }: { method: MethodAnswer }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const { approval, approver } = method
  return (
    <>
      <Facts
        facts={[
          { label: t.method.effective, value: format.day(method.effectiveFrom) },
          {
            label: t.method.authors,
            value: format.list(method.authors.map((one) => format.text(one.name))) || '—',
          },
          {
            label: t.method.approver,
            value: approval
              ? t.method.approvedBy(format.text(approver?.name) || '—', format.shortDay(approval.on))
              : '—',
          },
          { label: t.method.aggregation, value: t.method.aggregations[method.aggregation] },
          { label: t.method.reviewMonths, value: t.method.months(format.number(method.reviewMonths)) },
          { label: t.method.risks, value: format.number(method.risks) },
        ]}
      />
      <Section title={format.text(method.name)}>
        <p className={css.scenario}>{format.text(method.description)}</p>
      </Section>
      <Section title={t.method.matrix}>
        <MatrixTable method={method} />
      </Section>
      <Section title={t.method.bands}>
        <Plain caption={t.method.bands} head={[t.band, t.method.acceptable, t.method.demand]}>
          {method.bands.map((band) => (
            <tr key={band.key}>
              <th scope="row">
                <Band rating={band} />
              </th>
              <td>{band.acceptable ? t.method.acceptable : t.method.notAcceptable}</td>
              <td>{format.text(band.demand)}</td>
            </tr>
          ))}
        </Plain>
      </Section>
      {(['likelihood', 'consequence'] as const).map((axis) => (
        <Section key={axis} title={t[axis]}>
          <Pairs
            facts={method[axis].map((level, index) => ({
              label: `${index + 1} ${format.text(level.name)}`,
              value: format.text(level.anchor),
            }))}
          />
        </Section>
      ))}
      {method.areas.length > 0 ? (
        <Section title={t.method.areas}>
          <Plain
            caption={t.method.areas}
            cards={false}
            head={['', ...method.areas.map((area) => format.text(area.name))]}
          >
            {method.consequence.map((level, index) => (
              <tr key={format.text(level.name)}>
                <th scope="row">
                  {index + 1} {format.text(level.name)}
                </th>
                {method.areas.map((area) => (
                  <td key={format.text(area.name)}>{format.text(area.anchors[index])}</td>
                ))}
              </tr>
            ))}
          </Plain>
        </Section>
      ) : null}
    </>
  )
}

type MatrixOf = Pick<RiskMethod, 'likelihood' | 'consequence' | 'bands' | 'matrix'>

/** The matrix of a version, the highest likelihood on top. */
export function MatrixTable({ method }: { method: MatrixOf }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  return (
    <table className={css.grid} style={{ maxWidth: 760 }}>
      <caption className="unseen">{t.method.matrix}</caption>
      <tbody>
        {method.likelihood
          .map((level, index) => ({ level, index }))
          .reverse()
          .map(({ level, index }) => (
            <tr key={format.text(level.name)}>
              <th scope="row">
                {index + 1} {format.text(level.name)}
              </th>
              {method.consequence.map((other, column) => {
                const band = method.bands[method.matrix[index]?.[column] ?? -1]
                return (
                  <td key={format.text(other.name)}>
                    <span className={css.cell} data-tone={band?.tone}>
                      {format.text(band?.name)}
                    </span>
                  </td>
                )
              })}
            </tr>
          ))}
      </tbody>
      <tfoot>
        <tr>
          <td />
          {method.consequence.map((level, index) => (
            <th key={format.text(level.name)} scope="col">
              {index + 1} {format.text(level.name)}
            </th>
          ))}
        </tr>
      </tfoot>
    </table>
  )
}
