import type { CyclePoint as Drawn } from '../../web/chart/CycleLine.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'

/** The same as the drawing of a cycle, in one sentence. */
export function useCycleSentence(names: Names): (title: string, points: readonly Drawn[]) => string {
  const t = useWords(certificateMessages)
  const format = useFormat()
  return (title, points) =>
    t.cycleAlternative(
      title,
      format.list(
        points.map((point) => {
          const what = names.step(point.key)
          return point.doneOn
            ? t.doneOnDay(what, format.day(point.doneOn))
            : t.plannedOnDay(what, format.day(point.to ?? point.from))
        }),
      ),
    )
}
