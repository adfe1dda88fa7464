import type { Page } from '../../kernel/page.ts'
import { useReadNow } from '../../web/data.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import type { Implementation } from '../implementation.ts'
import { replanned } from '../plan.ts'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import type { OccurrenceAnswer } from './shapes.ts'

/** What saving does to the plan, worked out by the very rule that the server follows: what goes off it, what comes on. */
export function PlanChange({ id, after }: { id: string; after: Implementation }) {
  const t = useWords(controlMessages)
  const format = useFormat()
  const today = useMe().data?.today
  const read = useReadNow<Page<OccurrenceAnswer>>('/api/occurrences', {
    implementation: id,
    order: 'desc',
    limit: 200,
  })
  if (!today || !read.data) return null
  const planned = read.data.items.filter((one) => one.periodTo >= today)
  const { add, cancel } = replanned(after, planned, today, today)
  const begun = planned.find(
    (one) => one.periodFrom <= today && one.cancelled === null && one.trigger === null,
  )
  if (cancel.length + add.length === 0) return null
  const span = (one: { from: string; to: string }) =>
    `${format.shortDay(one.from)} – ${format.shortDay(one.to)}`
  return (
    <Notice tone={cancel.length > 0 ? 'partial' : 'accent'}>
      {cancel.length > 0 ? (
        <>
          <strong>{t.frequency.takenOff(format.number(cancel.length))}</strong>
          <ul className={css.struck}>
            {cancel.map((one) => (
              <li key={one.id}>
                <s>{span({ from: one.periodFrom, to: one.periodTo })}</s>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {add.length > 0 ? (
        <>
          <strong>{t.frequency.putOn(format.number(add.length))}</strong>
          <ul>
            {add.map((one) => (
              <li key={one.from}>{span(one)}</li>
            ))}
          </ul>
        </>
      ) : null}
      {begun && cancel.length > 0 ? (
        <p>{t.frequency.begun(format.shortDay(begun.periodFrom), format.shortDay(begun.periodTo))}</p>
      ) : null}
    </Notice>
  )
}
