import { Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { State } from '../../web/ui/State.tsx'
import type { ComparedField } from '../diff.ts'
import type { SoaRow } from '../soa-version.ts'
import { soaMessages } from './messages.ts'
import type { Difference, Statement, Version } from './shapes.ts'
import css from './soa.module.css'

/** What changed from this version to another one, or to the day in view. */
export function DifferenceView({ version }: { version: Version }) {
  const t = useWords(soaMessages)
  const format = useFormat()
  const statement = useRead<Statement>(`/api/programmes/${version.programmeId}/statement`)
  const [to, setTo] = useState('')
  const read = useRead<Difference>(`/api/statement-versions/${version.id}/difference`, to ? { to } : {})
  const others = statement.data?.versions.filter((one) => one.id !== version.id) ?? []
  return (
    <>
      <Select
        label={t.compareWith}
        w={260}
        mb="md"
        data={[
          { value: '', label: t.today },
          ...others.map((one) => ({ value: one.id, label: t.version(format.number(one.number)) })),
        ]}
        value={to}
        onChange={(next) => setTo(next ?? '')}
      />
      <Loaded read={read}>
        {(difference) =>
          difference.changes.length === 0 ? (
            <p className="quiet">{t.same}</p>
          ) : (
            <Changes difference={difference} programmeId={version.programmeId} />
          )
        }
      </Loaded>
    </>
  )
}

function Changes({ difference, programmeId }: { difference: Difference; programmeId: string }) {
  const t = useWords(soaMessages)
  const format = useFormat()
  const titles = new Map(difference.labels.controls.map((one) => [one.reference, one.title]))
  return (
    <table className={css.table}>
      <caption className="unseen">{t.difference}</caption>
      <thead>
        <tr>
          <th scope="col">{t.control}</th>
          <th scope="col">{t.changed}</th>
          <th scope="col">{t.before}</th>
          <th scope="col">{t.after}</th>
        </tr>
      </thead>
      <tbody>
        {difference.changes.map((one) => {
          const fields = one.before && one.after ? one.fields : (['applicable'] as const)
          return fields.map((field, index) => (
            <tr key={`${one.reference} ${field}`} className={css.row}>
              {index === 0 ? (
                <td rowSpan={fields.length} data-first>
                  <Link
                    to="/app/programmes/$id/$requirement"
                    params={{ id: programmeId, requirement: one.reference }}
                    className={css.title ?? ''}
                  >
                    <code>{one.reference}</code>
                    <span>{format.text(titles.get(one.reference))}</span>
                  </Link>
                </td>
              ) : null}
              <td data-label={t.changed}>
                {one.before === null ? (
                  <State tone="accent">{t.added}</State>
                ) : one.after === null ? (
                  <State tone="none">{t.gone}</State>
                ) : (
                  t.fields[field]
                )}
              </td>
              <td data-label={t.before} className={css.old}>
                <Value row={one.before} field={field} difference={difference} />
              </td>
              <td data-label={t.after}>
                <Value row={one.after} field={field} difference={difference} />
              </td>
            </tr>
          ))
        })}
      </tbody>
    </table>
  )
}

type ValueProps = { row: SoaRow | null; field: ComparedField; difference: Difference }

/** One field of a row in words. */
function Value({ row, field, difference }: ValueProps) {
  const t = useWords(soaMessages)
  const format = useFormat()
  if (row === null) return <>—</>
  const person = (id: string) => format.text(difference.labels.people.find((one) => one.id === id)?.name)
  const said: Record<ComparedField, string> = {
    applicable: row.applicable ? t.yes : t.no,
    reasons: format.list(row.reasons.map((reason) => t.reasons[reason])),
    justification: format.text(row.justification),
    state: row.state === null ? '' : t.states[row.state],
    since: row.since === null ? '' : format.shortDay(row.since),
    controls: row.controls.map((one) => one.code).join(', '),
    ownerIds: format.list(row.ownerIds.map((id) => person(id) || '—')),
    risks: row.risks.map((one) => one.code).join(', '),
    obligations: format.list(row.obligations.map((one) => format.text(one.name))),
    evidenceCount: format.number(row.evidenceCount),
  }
  return <>{said[field] || '—'}</>
}
