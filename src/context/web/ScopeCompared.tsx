import type { ProgrammeNames } from '../../programmes/web/names.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { State } from '../../web/ui/State.tsx'
import { WordChanges } from '../../web/ui/WordChanges.tsx'
import { isUnchanged, type ListChange, type PartChange, scopeDiff, type TextChange } from '../scope-diff.ts'
import css from './context.module.css'
import { scopeMessages } from './scope-messages.ts'
import type { ScopeVersion } from './shapes.ts'

type ScopeComparedProps = { before: ScopeVersion; after: ScopeVersion; names: ProgrammeNames }

/** What one version says otherwise than another: words, entities, services, interfaces, exclusions. */
export function ScopeCompared({ before, after, names }: ScopeComparedProps) {
  const t = useWords(scopeMessages)
  const format = useFormat()
  const diff = scopeDiff(before, after)
  return (
    <div className={css.body}>
      <p className="quiet">{t.changes(format.number(before.number))}</p>
      {isUnchanged(diff) ? <p>{t.unchanged}</p> : null}
      <Texts title={t.scope} changes={diff.scope} />
      <Texts title={t.boundaries} changes={diff.boundaries} />
      <Lists title={t.entities} change={diff.entities} name={names.entity} />
      <Lists title={t.services} change={diff.services} name={names.service} />
      <Parts title={t.interfaces} changes={diff.interfaces} />
      <Parts title={t.exclusions} changes={diff.exclusions} />
    </div>
  )
}

function Words({ changes }: { changes: readonly TextChange[] }) {
  const t = useWords(scopeMessages)
  return changes.map(({ language, stretches }, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the changes of one comparison never move
    <div key={at}>
      <span className="quiet">{t.languages[language]}</span>
      <WordChanges stretches={stretches} lang={language} words={t} />
    </div>
  ))
}

function Texts({ title, changes }: { title: string; changes: readonly TextChange[] }) {
  if (changes.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <Words changes={changes} />
    </section>
  )
}

type ListsProps = { title: string; change: ListChange; name: (id: string) => string }

function Lists({ title, change, name }: ListsProps) {
  const t = useWords(scopeMessages)
  if (change.added.length + change.removed.length === 0) return null
  const tags = (kind: 'added' | 'removed') =>
    change[kind].map((id) => (
      <li key={id} data-change={kind}>
        <span className="unseen">{t[kind]}: </span>
        {kind === 'added' ? '+ ' : '− '}
        {name(id)}
      </li>
    ))
  return (
    <section>
      <h2>{title}</h2>
      <ul className={css.tags}>
        {tags('removed')}
        {tags('added')}
      </ul>
    </section>
  )
}

function Parts({ title, changes }: { title: string; changes: readonly PartChange[] }) {
  const t = useWords(scopeMessages)
  const format = useFormat()
  if (changes.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <ul className={css.needs}>
        {changes.map((change) => (
          <li key={`${change.kind} ${JSON.stringify(change.name)}`}>
            <b>{format.text(change.name)}</b>
            {change.kind === 'changed' ? (
              <Words changes={change.changes} />
            ) : (
              <>
                <State tone={change.kind === 'added' ? 'met' : 'failing'}>{t[change.kind]}</State>
                {change.texts.map((text) => (
                  <p key={JSON.stringify(text)}>{format.text(text)}</p>
                ))}
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
