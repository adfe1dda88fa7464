import { addDays } from '../../kernel/day.ts'
import { CycleLine } from '../../web/chart/CycleLine.tsx'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Plain } from '../../web/ui/Plain.tsx'
import { useCycleSentence } from './cycle-words.ts'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import type { CertificateAnswer } from './shapes.ts'

/** The cycle of the current term, drawn and as a table. */
export function Cycle({ certificate, names }: { certificate: CertificateAnswer; names: Names }) {
  const t = useWords(certificateMessages)
  const format = useFormat()
  const day = useDay()
  const sentence = useCycleSentence(names)
  const { cycle } = certificate
  const days = [...cycle.flatMap((point) => [point.from, point.to ?? point.from]), day].toSorted()
  const first = days[0] ?? day
  const last = days.at(-1) ?? day
  if (cycle.length === 0) return null
  return (
    <>
      <CycleLine
        points={cycle}
        today={day}
        from={addDays(first, -30)}
        to={addDays(last, 45)}
        alternative={sentence(names.scheme(certificate.scheme), cycle)}
        nameOf={(point) => names.step(point.key)}
        todayLabel={format.shortDay(day)}
      />
      <Plain caption={t.cycleTable} head={[t.what, t.planned, t.latest, t.done, t.source]}>
        {cycle.map((point) => (
          <tr key={`${point.key} ${point.from}`}>
            <td>{names.step(point.key)}</td>
            <td>{point.kind === 'event' ? '—' : format.day(point.from)}</td>
            <td>{format.day(point.to)}</td>
            <td>{format.day(point.doneOn)}</td>
            <td className="quiet">{point.source ?? ''}</td>
          </tr>
        ))}
      </Plain>
    </>
  )
}
