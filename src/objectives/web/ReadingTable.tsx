import { Button } from '@mantine/core'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Plain } from '../../web/ui/Plain.tsx'
import { State } from '../../web/ui/State.tsx'
import { objectiveMessages } from './messages.ts'
import css from './objectives.module.css'
import type { ObjectiveRecord, ShownReading } from './shapes.ts'
import { useValues } from './words.tsx'

type ReadingTableProps = { one: ObjectiveRecord; onCorrect?: (reading: ShownReading) => void }

/** By day; of one day the value that counts before the wrong ones. */
const newestFirst = (readings: readonly ShownReading[]) =>
  readings.toSorted((a, b) =>
    a.on === b.on ? Number(a.replacedBy !== null) - Number(b.replacedBy !== null) : a.on < b.on ? 1 : -1,
  )

/** Every reading, newest first, the wrong ones struck through beside what replaced them. */
export function ReadingTable({ one, onCorrect }: ReadingTableProps) {
  const t = useWords(objectiveMessages)
  const format = useFormat()
  const values = useValues(one)
  if (one.readings.length === 0) return <p className="quiet">{t.noReadings}</p>
  const head = [t.day, t.value, t.source, t.readBy, ...(onCorrect ? [''] : [])]
  return (
    <Plain caption={t.readings} head={head}>
      {newestFirst(one.readings).map((reading) => (
        <tr key={reading.id}>
          <td className={`${css.day} tabular`}>{format.shortDay(reading.on)}</td>
          <td className="tabular">
            {reading.replacedBy === null ? (
              values.value(reading.value)
            ) : (
              <>
                <del>{values.value(reading.value)}</del> <State tone="none">{t.wrong}</State>
              </>
            )}
            {reading.replaces === null ? null : (
              <>
                {' '}
                <State tone="accent">{t.correction}</State>
              </>
            )}
          </td>
          <td>
            {reading.source}
            {reading.note ? <div className="quiet">{reading.note}</div> : null}
          </td>
          <td className={css.day}>{format.text(reading.reader?.name) || '—'}</td>
          {onCorrect ? (
            <td>
              {reading.replacedBy === null ? (
                <Button
                  variant="subtle"
                  size="compact-xs"
                  aria-label={t.correctTitle(format.day(reading.on))}
                  onClick={() => onCorrect(reading)}
                >
                  {t.correct}
                </Button>
              ) : null}
            </td>
          ) : null}
        </tr>
      ))}
    </Plain>
  )
}
