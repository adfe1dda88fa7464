import { Link } from '@tanstack/react-router'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { State } from '../../web/ui/State.tsx'
import css from './context.module.css'
import { scopeMessages } from './scope-messages.ts'
import type { ScopeLine } from './shapes.ts'

/** The scope statements of all programmes that need one, and whether each is still true. */
export function ScopesPanel() {
  const t = useWords(scopeMessages)
  const read = useRead<{ items: ScopeLine[] }>('/api/scopes')
  return (
    <Loaded read={read}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t.empty} action={<Link to="/app/programmes">{t.toProgrammes}</Link>}>
            {t.emptyText}
          </Empty>
        ) : (
          <div className={css.cards}>
            {items.map((line) => (
              <Card key={line.programme.id} line={line} />
            ))}
          </div>
        )
      }
    </Loaded>
  )
}

function Card({ line }: { line: ScopeLine }) {
  const t = useWords(scopeMessages)
  const format = useFormat()
  const { programme, inForce, openDraft, drifted, running } = line
  return (
    <article className={css.card}>
      <h2>
        <Link to="/app/context/scope/$id" params={{ id: programme.id }}>
          {format.text(programme.name)}
        </Link>
      </h2>
      <dl>
        <dt>{t.edition}</dt>
        <dd>{format.text(line.editionName)}</dd>
        <dt>{t.inForce}</dt>
        <dd>
          {inForce ? (
            t.versionFrom(format.number(inForce.number), format.shortDay(inForce.effectiveFrom))
          ) : (
            <State tone={running ? 'failing' : 'none'}>{t.none}</State>
          )}
        </dd>
        {inForce ? (
          <>
            <dt>{t.truth}</dt>
            <dd>
              <State tone={drifted ? 'partial' : 'met'}>{drifted ? t.drifted : t.isTrue}</State>
            </dd>
          </>
        ) : null}
        {openDraft ? (
          <>
            <dt>{t.draft}</dt>
            <dd>{t.version(format.number(openDraft.number))}</dd>
          </>
        ) : null}
      </dl>
      {running ? null : <p className="quiet">{t.ended}</p>}
    </article>
  )
}
