import { Link } from '@tanstack/react-router'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { State, type Tone } from '../../web/ui/State.tsx'
import { isFull } from '../library.ts'
import type { Coverage } from '../library-reach.ts'
import css from './library.module.css'
import { libraryMessages } from './library-messages.ts'
import type { EditionNode, Named, Reach, ReachAnswer, TogetherAnswer } from './shapes.ts'

const tones: Record<Coverage, Tone> = { full: 'met', joint: 'met', partial: 'partial', none: 'none' }

/** A control's id, leading to its page; its title stands beside it. */
export function ControlLink({ control }: { control: Named }) {
  const { language } = useFormat()
  return (
    <Link to="/app/frameworks/common-controls/$control" params={{ control: control.id }}>
      <code>{control.id}</code> {control.titles[language]}
    </Link>
  )
}

/** How far a link goes: only what leaves nothing open looks met. */
export function Relationship({ relationship }: Pick<Reach, 'relationship'>) {
  const t = useWords(libraryMessages)
  return <State tone={isFull(relationship) ? 'met' : 'partial'}>{t.relationships[relationship]}</State>
}

/** Controls that answer a requirement between them, and why together they do. */
export function TogetherNote({ group }: { group: TogetherAnswer }) {
  const t = useWords(libraryMessages)
  const { language } = useFormat()
  return (
    <div className={css.together}>
      <State tone="met">{t.together}</State>
      <span>{group.controls.map((one) => one.id).join(' + ')}</span>
      <p>{group.why[language]}</p>
    </div>
  )
}

type ButtonProps = { node: EditionNode; isOpen: boolean; onToggle: () => void }

/** On a requirement: how far common controls reach it; opens the list of them. */
export function ReachButton({ node, isOpen, onToggle }: ButtonProps) {
  const t = useWords(libraryMessages)
  const format = useFormat()
  const { coverage, controls } = node.reach ?? { coverage: 'none', controls: 0 }
  const text = t.coverages[coverage]
  const count = controls > 0 ? t.controls(format.number(controls)) : null
  return (
    <button
      type="button"
      className={css.reach}
      aria-expanded={isOpen}
      aria-label={`${text}. ${t.showControls(node.id)}${count ? `: ${count}` : ''}`}
      onClick={onToggle}
    >
      <State tone={tones[coverage]}>{text}</State>
      {count ? <span className={css.count}>{count}</span> : null}
    </button>
  )
}

export function ReachPanel({ edition, id }: { edition: string; id: string }) {
  const t = useWords(libraryMessages)
  const { language } = useFormat()
  const read = useRead<ReachAnswer>(`/api/frameworks/${edition}/requirements/${id}/controls`)
  return (
    <div className={css.panel}>
      <Loaded read={read}>
        {({ coverage, reaches, together }) => (
          <>
            {coverage === 'none' ? <p>{t.noReach}</p> : null}
            {together.map((group) => (
              <TogetherNote key={group.controls.map((one) => one.id).join()} group={group} />
            ))}
            <ul>
              {reaches.map((one) => (
                <li key={`${one.control.id} ${one.through}`} className={css.line}>
                  <ControlLink control={one.control} />
                  <Relationship relationship={one.relationship} />
                  <p>
                    {one.why[language]} <span className="quiet">{t.rationales[one.rationale]}</span>
                    {one.through ? <span className="quiet"> {t.through(one.through)}</span> : null}
                  </p>
                </li>
              ))}
            </ul>
            {coverage === 'partial' ? <p className="quiet">{t.partly}</p> : null}
          </>
        )}
      </Loaded>
    </div>
  )
}
