import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { LocalText } from '../../kernel/language.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { State } from '../../web/ui/State.tsx'
import { soaMessages } from './messages.ts'
import css from './soa.module.css'
import type { Line } from './statement-lines.ts'
import { stateTones } from './tones.ts'

type StatementRowProps = {
  line: Extract<Line, { kind: 'row' }>
  programmeId: string
  people: ReadonlyMap<string, LocalText>
  decides: boolean
  picked: boolean
  onPick: (index: number, range: boolean) => void
}

/** One control: everything that it rests on is a way to the record that says so. */
export function StatementRow({ line, programmeId, people, decides, picked, onPick }: StatementRowProps) {
  const t = useWords(soaMessages)
  const format = useFormat()
  const { row, title, gaps, index } = line
  const [first] = row.controls
  return (
    <tr data-index={index} className={css.row} data-picked={picked || undefined}>
      {decides ? (
        <td className={css.pick}>
          {row.edition === null ? null : (
            <Checkbox
              size="xs"
              aria-label={t.select(row.reference)}
              checked={picked}
              onClick={(event) => onPick(index, event.shiftKey)}
              onChange={() => {}}
            />
          )}
        </td>
      ) : null}
      <td data-first>
        {row.edition === null && first ? (
          <Link to="/app/controls/$id" params={{ id: first.id }} className={css.title ?? ''}>
            <code>{row.reference}</code>
            <span>{format.text(title)}</span>
          </Link>
        ) : (
          <Link
            to="/app/programmes/$id/$requirement"
            params={{ id: programmeId, requirement: row.reference }}
            className={css.title ?? ''}
          >
            <code>{row.reference}</code>
            <span>{format.text(title)}</span>
          </Link>
        )}
      </td>
      <td data-label={t.applies}>
        {row.applicable ? (
          <span className={css.tags}>
            {row.reasons.map((reason) => (
              <span key={reason} className={css.tag}>
                {t.reasons[reason]}
              </span>
            ))}
          </span>
        ) : (
          <State tone="none">{t.excludedSince}</State>
        )}
        {row.justification ? <p className={css.words}>{format.text(row.justification)}</p> : null}
        {row.obligations.length > 0 ? (
          <p className={css.words}>{format.list(row.obligations.map((one) => format.text(one.name)))}</p>
        ) : null}
        {gaps.map((gap) => (
          <p key={gap.kind} className={css.gap}>
            <Icon name="warning" size={12} /> {t.gapKinds[gap.kind]}
          </p>
        ))}
      </td>
      <td data-label={t.state}>
        {row.state === null ? null : <State tone={stateTones[row.state]}>{t.states[row.state]}</State>}
        {row.since === null ? null : <span className={css.since}>{t.since(format.shortDay(row.since))}</span>}
      </td>
      <td data-label={t.by}>
        <span className={css.codes}>
          {row.edition === null
            ? null
            : row.controls.map((one) => (
                <Link
                  key={one.id}
                  to="/app/controls/$id"
                  params={{ id: one.id }}
                  title={format.text(one.name)}
                >
                  <code>{one.code}</code>
                </Link>
              ))}
        </span>
      </td>
      <td data-label={t.owner}>
        {row.ownerIds.length === 0 ? (
          <span className="quiet">—</span>
        ) : (
          row.ownerIds.map((id) => (
            <div key={id} className={css.whole}>
              {format.text(people.get(id)) || '—'}
            </div>
          ))
        )}
      </td>
      <td data-label={t.risks}>
        <span className={css.codes}>
          {row.risks.map((one) => (
            <Link key={one.id} to="/app/risks/$id" params={{ id: one.id }}>
              <code>{one.code}</code>
            </Link>
          ))}
        </span>
      </td>
      <td data-label={t.evidence} className={`${css.number} tabular`}>
        {row.evidenceCount === 0 ? <span className="quiet">—</span> : format.number(row.evidenceCount)}
      </td>
    </tr>
  )
}
