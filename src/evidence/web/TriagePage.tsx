import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Page as PageOf } from '../../kernel/page.ts'
import { useRead } from '../../web/data.ts'
import { useEntityScope } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import css from './evidence.module.css'
import { evidenceMessages } from './messages.ts'
import { useNames } from './names.ts'
import type { EvidenceAnswer } from './shapes.ts'
import { TriageItem } from './TriageItem.tsx'
import { useTriageKeys } from './useTriageKeys.ts'

/** Everything that awaits review, one after the other beside its content, for the keyboard. */
export function TriagePage() {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const entity = useEntityScope()
  const read = useRead<PageOf<EvidenceAnswer>>('/api/evidence', {
    state: 'awaiting',
    entity,
    sort: 'collected',
    order: 'asc',
    limit: 200,
  })
  return (
    <Page
      title={t.triageTitle}
      wide
      above={<Link to="/app/evidence">{t.title}</Link>}
      beside={read.data ? <Count>{format.number(read.data.total)}</Count> : null}
      actions={<span className={css.keys}>{t.triageKeys}</span>}
    >
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.triageEmptyTitle}>{t.triageEmptyText}</Empty>
          ) : (
            <Queue items={items} />
          )
        }
      </Loaded>
    </Page>
  )
}

function Queue({ items }: { items: readonly EvidenceAnswer[] }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const names = useNames()
  const navigate = useNavigate()
  const { item }: { item?: string } = useSearch({ strict: false })
  const found = items.findIndex(({ id }) => id === item)
  const at = Math.max(found, 0)
  const current = items[at]
  const show = (next: EvidenceAnswer | undefined) =>
    navigate({
      to: '.',
      replace: true,
      search: (before: object) => ({ ...before, item: next?.id }),
    })
  // What was judged leaves the list with the next reading; the one after it is shown at once.
  const advance = () => show(items[at + 1] ?? items[at - 1])
  useTriageKeys({
    j: () => show(items[Math.min(at + 1, items.length - 1)]),
    k: () => show(items[Math.max(at - 1, 0)]),
  })
  useEffect(() => {
    document.querySelector('[data-queue] [aria-current]')?.scrollIntoView({ block: 'nearest' })
  })
  if (!current) return null
  return (
    <div className={css.triage}>
      <nav aria-label={t.list}>
        <ol className={css.queue} data-queue>
          {items.map((one, index) => (
            <li key={one.id}>
              <button type="button" aria-current={index === at || undefined} onClick={() => show(one)}>
                <b className="clip">{one.title}</b>
                <small className="clip">
                  {[names.entity(one.entityId), t.waitingSince(format.shortDay(one.collectedOn))]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <TriageItem key={current.id} id={current.id} names={names} onJudged={advance} />
    </div>
  )
}
