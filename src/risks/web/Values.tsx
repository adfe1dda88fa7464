import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Section } from '../../web/ui/Page.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { valueKinds } from '../rating.ts'
import { Band } from './Band.tsx'
import { HistoryChart } from './HistoryChart.tsx'
import { Matrix, Sign } from './Matrix.tsx'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'
import type { RiskRecord } from './shapes.ts'

/** Before, now and after on the matrix by which they were judged, and every assessment since the first. */
export function Values({ risk }: { risk: RiskRecord }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const { assessment } = risk
  const method = risk.methods.find((one) => one.id === assessment?.methodId)
  if (assessment === null || method === undefined) return <p className="quiet">{t.values.none}</p>
  return (
    <>
      <Section
        title={t.values.strip}
        beside={<span className="quiet">{t.version(String(method.number))}</span>}
      >
        <div className={css.strip}>
          <Matrix method={method} values={assessment} />
          <ul className={css.legend}>
            {valueKinds.map((kind) => {
              const { likelihood, consequence } = assessment[kind]
              return (
                <li key={kind}>
                  <Sign kind={kind} />
                  <b>
                    {t.levelOf[kind]}
                    <small>{t.levelHints[kind]}</small>
                  </b>
                  <span>
                    {t.valueText(
                      `${likelihood + 1} ${format.text(method.likelihood[likelihood]?.name)}`,
                      `${consequence + 1} ${format.text(method.consequence[consequence]?.name)}`,
                    )}
                  </span>
                  <Band rating={risk.ratings[kind]} />
                </li>
              )
            })}
          </ul>
        </div>
      </Section>
      {risk.history.length > 1 ? (
        <Section
          title={t.values.chart}
          beside={valueKinds.map((kind) => (
            <span key={kind} className={css.line}>
              <svg width={26} height={8} aria-hidden="true" focusable="false">
                <line className={css.series} data-kind={kind} x1={1} x2={25} y1={4} y2={4} />
              </svg>
              {t.levelOf[kind]}
            </span>
          ))}
        >
          <HistoryChart history={risk.history} />
        </Section>
      ) : null}
      <Section title={t.values.history}>
        <Plain
          caption={t.values.history}
          head={[
            t.day,
            t.levelOf.inherent,
            t.levelOf.current,
            t.levelOf.residual,
            t.values.rationale,
            t.values.by,
            t.values.method,
          ]}
        >
          {risk.history.map((one) => (
            <tr key={`${one.on} ${one.method} ${one.rationale}`}>
              <th scope="row">{format.shortDay(one.on)}</th>
              {valueKinds.map((kind) => (
                <td key={kind}>
                  <Band rating={one.ratings[kind]} />
                </td>
              ))}
              <td>
                {one.rationale}
                {one.exception ? (
                  <p className="quiet">
                    {t.values.exception}: {one.exception}
                  </p>
                ) : null}
              </td>
              <td>{one.person ? format.text(one.person.name) : '—'}</td>
              <td>{format.number(one.method)}</td>
            </tr>
          ))}
        </Plain>
      </Section>
      <Section title={t.reviews}>
        {risk.reviews.length === 0 ? (
          <p className="quiet">{t.noReviews}</p>
        ) : (
          <ul className={css.plan}>
            {risk.reviews.map((one) => (
              <li key={`${one.on} ${one.note}`}>
                <span />
                <div>
                  {one.note}
                  <small>
                    {format.day(one.on)} · {one.person ? format.text(one.person.name) : '—'}
                  </small>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  )
}
