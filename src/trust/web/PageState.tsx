import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Facts } from '../../web/ui/Facts.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { State } from '../../web/ui/State.tsx'
import { trustMessages } from './messages.ts'
import type { PageStatus } from './shapes.ts'

/** Whether the live page still says what the register says. */
export function PageState({ status }: { status: PageStatus }) {
  const t = useWords(trustMessages)
  const format = useFormat()
  const { live, upToDate, changes, holdsUntil } = status
  if (!live) {
    return (
      <Notice tone="unknown" calm>
        <strong>{t.neverPublished}</strong>
        <br />
        {t.neverText}
      </Notice>
    )
  }
  return (
    <Facts
      facts={[
        {
          label: t.pageState,
          value: upToDate ? (
            <State tone="met">{t.upToDate}</State>
          ) : (
            <State tone="partial">{t.outOfDate}</State>
          ),
        },
        { label: t.number, value: t.live(format.number(live.number), format.shortDay(live.asOf)) },
        { label: t.publishedAt, value: format.instant(live.publishedAt) },
        { label: t.holdsUntil, value: format.day(holdsUntil) },
        {
          label: t.changes,
          value: upToDate ? t.nothing : t.wouldChange(format.number(changes.length)),
        },
      ]}
    />
  )
}
