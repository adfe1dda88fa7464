import { Link } from '@tanstack/react-router'
import type { Page } from '../../kernel/page.ts'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { faults } from '../collection.ts'
import css from './checks.module.css'
import { checkMessages } from './messages.ts'
import type { CheckAnswer, RunRow } from './shapes.ts'

/** The newest runs, with what they could not read and which names no asset has. */
export function Runs({ check }: { check: CheckAnswer }) {
  const t = useWords(checkMessages)
  const format = useFormat()
  /** Why data could not be read: the kind in words, and what was seen as it was recorded. */
  const inWords = (problem: string) => {
    const fault = faults.find((each) => problem.startsWith(`${each}: `))
    return fault ? t.fault(t.faults[fault], problem.slice(fault.length + 2)) : problem
  }
  const read = useRead<Page<RunRow>>(`/api/checks/${check.id}/runs`, { limit: 100 })
  return (
    <Loaded read={read}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="quiet">{t.noRuns}</p>
        ) : (
          <Plain caption={t.runs} head={[t.ran, t.passed, t.failed, t.errors, t.problem, t.evidence]}>
            {items.map((one) => (
              <tr key={one.id}>
                <td className="tabular">{format.instant(one.ranAt)}</td>
                <td>{format.number(one.counts.pass)}</td>
                <td>{format.number(one.counts.fail)}</td>
                <td>{format.number(one.counts.error)}</td>
                <td className={css.detail} title={one.unresolved.join(', ')}>
                  {one.problem === null
                    ? one.unresolvedCount > 0
                      ? t.unresolved(format.number(one.unresolvedCount))
                      : '—'
                    : inWords(one.problem)}
                </td>
                <td>
                  <Link to="/app/evidence/$id" params={{ id: one.evidenceId }}>
                    {t.open}
                  </Link>
                </td>
              </tr>
            ))}
          </Plain>
        )
      }
    </Loaded>
  )
}
