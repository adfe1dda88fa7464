import type { LocalText } from '../../kernel/language.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Section } from '../../web/ui/Page.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import type { Band as MethodBand, RiskMethod } from '../method.ts'
import { type MethodDifference, methodDifferences } from '../method-diff.ts'
import { Band } from './Band.tsx'
import { riskMessages } from './messages.ts'
import type { MethodAnswer } from './shapes.ts'

/** In what one version differs from another, each with both sides. */
export function MethodCompared({ before, after }: { before: MethodAnswer; after: MethodAnswer }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const found = methodDifferences(before, after)
  return (
    <Section title={t.method.changed(format.number(before.number))}>
      {found.length === 0 ? (
        <p className="quiet">{t.method.unchanged}</p>
      ) : (
        <Plain
          caption={t.method.changed(format.number(before.number))}
          head={[t.method.part, t.method.before, t.method.after]}
        >
          {found.map((one) => (
            <tr key={`${one.part} ${one.at.join(' ')}`}>
              <th scope="row">
                <Place
                  one={one}
                  method={after.consequence.length >= before.consequence.length ? after : before}
                />
              </th>
              <td>
                <Side one={one} value={one.before} method={before} />
              </td>
              <td>
                <Side one={one} value={one.after} method={after} />
              </td>
            </tr>
          ))}
        </Plain>
      )}
    </Section>
  )
}

/** Where a difference stands, in the words of the method. */
function Place({ one, method }: { one: MethodDifference; method: RiskMethod }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const [first = 0, second = 0] = one.at
  switch (one.part) {
    case 'matrix':
      return `${t.method.matrix}: ${t.method.form.cell(
        format.text(method.likelihood[first]?.name) || String(first + 1),
        format.text(method.consequence[second]?.name) || String(second + 1),
      )}`
    case 'likelihood':
    case 'consequence':
      return `${t[one.part]} ${first + 1}`
    case 'areas':
      return `${t.method.areas} ${first + 1}`
    case 'bands':
      return `${t.band} ${first + 1}`
    case 'name':
      return t.name
    case 'description':
      return t.method.description
    case 'aggregation':
      return t.method.aggregation
    case 'reviewMonths':
      return t.method.reviewMonths
  }
}

type SideProps = { one: MethodDifference; value: unknown; method: RiskMethod }

function Side({ one, value, method }: SideProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  if (value === null) return <span className="quiet">—</span>
  switch (one.part) {
    case 'matrix':
      return <Band rating={method.bands.find((band) => band.key === value) ?? null} />
    case 'bands': {
      const band = value as MethodBand
      return (
        <>
          <Band rating={band} /> {band.acceptable ? t.method.acceptable : t.method.notAcceptable}
          <p className="quiet">{format.text(band.demand)}</p>
        </>
      )
    }
    case 'likelihood':
    case 'consequence': {
      const level = value as RiskMethod['likelihood'][number]
      return (
        <>
          <b>{format.text(level.name)}</b>
          <p className="quiet">{format.text(level.anchor)}</p>
        </>
      )
    }
    case 'areas': {
      const area = value as RiskMethod['areas'][number]
      return (
        <>
          <b>{format.text(area.name)}</b>
          <p className="quiet">{area.anchors.map((anchor) => format.text(anchor)).join(' / ')}</p>
        </>
      )
    }
    case 'aggregation':
      return t.method.aggregations[value as RiskMethod['aggregation']]
    case 'reviewMonths':
      return t.method.months(format.number(value as number))
    default:
      return format.text(value as LocalText)
  }
}
