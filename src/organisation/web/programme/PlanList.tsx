import { useWords } from '../../../web/i18n/catalogue.ts'
import { useFormat } from '../../../web/i18n/format.ts'
import { State, type Tone } from '../../../web/ui/State.tsx'
import { programmeMessages } from './messages.ts'
import css from './programme.module.css'
import type { FieldChange, Plan, PlanAction, PlanChange } from './shapes.ts'

const tones: Record<PlanAction, Tone> = {
  create: 'met',
  update: 'accent',
  waiting: 'partial',
  unchanged: 'none',
  left: 'none',
}

// Enough to judge a file by; thousands would only make the page slow.
const mostShown = 400
const longest = 400

/** What a programme changes, by kind of record; what stays as it is comes last and folded. */
export function PlanList({ plan }: { plan: Plan }) {
  const t = useWords(programmeMessages)
  const format = useFormat()
  const acting = plan.changes.filter(({ action }) => action !== 'unchanged' && action !== 'left')
  const left = plan.changes.filter(({ action }) => action === 'left')
  const groups = Map.groupBy(acting.slice(0, mostShown), ({ noun }) => noun)
  const hidden = acting.length - mostShown
  return (
    <>
      <div className={css.counts}>
        {(Object.keys(tones) as PlanAction[]).map((action) => {
          const count = plan.counts[action] ?? 0
          return count > 0 ? (
            <State key={action} tone={tones[action]}>
              {t.counts[action](format.number(count))}
            </State>
          ) : null
        })}
      </div>
      {(plan.counts.waiting ?? 0) > 0 ? <p className="quiet">{t.waitingText}</p> : null}
      {[...groups].map(([noun, changes]) => (
        <section key={noun} className={css.group}>
          <h3>{t.nouns[noun] ?? noun}</h3>
          <ul>
            {changes.map((change) => (
              <Change key={`${change.action} ${change.key}`} change={change} />
            ))}
          </ul>
        </section>
      ))}
      {hidden > 0 ? <p className="quiet">{t.more(format.number(hidden))}</p> : null}
      {left.length > 0 ? (
        <details className={css.group}>
          <summary>{t.leftTitle(format.number(left.length))}</summary>
          <ul>
            {left.slice(0, mostShown).map(({ noun, key }) => (
              <li key={`${noun} ${key}`} className={css.left}>
                {t.nouns[noun] ?? noun} <code>{key}</code>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}

function Change({ change: { action, key, fields } }: { change: PlanChange }) {
  const t = useWords(programmeMessages)
  const format = useFormat()
  return (
    <li className={css.change}>
      <div className={css.line}>
        <State tone={tones[action]}>{t.actions[action]}</State>
        <code>{key}</code>
      </div>
      {fields.length === 0 ? null : action === 'update' ? (
        <Fields fields={fields} before />
      ) : (
        <details>
          <summary>{t.contents(format.number(fields.length))}</summary>
          <Fields fields={fields} />
        </details>
      )}
    </li>
  )
}

function Fields({ fields, before }: { fields: readonly FieldChange[]; before?: boolean }) {
  const t = useWords(programmeMessages)
  const shown = useShown()
  return (
    <table className={css.fields}>
      <thead>
        <tr>
          <th scope="col">{t.field}</th>
          {before ? <th scope="col">{t.before}</th> : null}
          <th scope="col">{t.after}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((one) => (
          <tr key={one.field}>
            <th scope="row">
              <code>{one.field}</code>
            </th>
            {before ? <td>{shown(one.before)}</td> : null}
            <td>{shown(one.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const isLocal = (value: object) =>
  Object.entries(value).every(([key, text]) => ['en', 'ja'].includes(key) && typeof text === 'string')

function useShown(): (value: unknown) => string {
  const t = useWords(programmeMessages)
  const text = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return t.nothing
    if (typeof value === 'string') return value
    if (Array.isArray(value) && value.length === 0) return t.nothing
    if (typeof value === 'object' && !Array.isArray(value) && isLocal(value))
      return Object.values(value).join(' / ') || t.nothing
    return JSON.stringify(value)
  }
  return (value) => {
    const whole = text(value)
    return whole.length > longest ? `${whole.slice(0, longest)}…` : whole
  }
}
