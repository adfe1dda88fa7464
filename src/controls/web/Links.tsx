import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { isFull } from '../../frameworks/library.ts'
import { libraryMessages } from '../../frameworks/web/library-messages.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Count, Section } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import type { ControlLinkAnswer, ControlRecord, EditionLinks, GroupAnswer, LinkAnswer } from './shapes.ts'

const LibraryNews = lazy(() => import('./LibraryNews.tsx'))

/** What a control answers: each requirement with how far, by what, why, and who says so. */
export function Links({ control }: { control: ControlRecord }) {
  const t = useWords(controlMessages)
  const { editions, serves, servedBy } = control.links
  const none = editions.length + serves.length + servedBy.length === 0
  return (
    <>
      {control.libraryNews ? (
        <Suspense fallback={null}>
          <LibraryNews control={control} news={control.libraryNews} />
        </Suspense>
      ) : null}
      {none ? <Empty title={t.links.empty}>{t.links.emptyText}</Empty> : null}
      <ControlLinks title={t.links.serves} links={serves} />
      <ControlLinks title={t.links.servedBy} links={servedBy} />
      {editions.map((one) => (
        <EditionSection key={one.edition} edition={one} version={control.libraryVersion ?? ''} />
      ))}
    </>
  )
}

function Relationship({ link }: { link: Pick<LinkAnswer, 'relationship' | 'rationale'> }) {
  const words = useWords(libraryMessages)
  return (
    <State tone={isFull(link.relationship) ? 'met' : 'partial'}>
      {words.relationships[link.relationship]}
    </State>
  )
}

function EditionSection({ edition, version }: { edition: EditionLinks; version: string }) {
  const t = useWords(controlMessages)
  const words = useWords(libraryMessages)
  const format = useFormat()
  return (
    <Section
      title={format.text(edition.name)}
      beside={<Count>{t.links.count(format.number(edition.links.length))}</Count>}
    >
      <ul className={css.lines}>
        {edition.links.map((link) => (
          <li key={`${link.requirement} ${link.source}`}>
            <Link to="/app/frameworks/$key" params={{ key: edition.edition }} hash={link.requirement}>
              <code>{link.requirement}</code> {format.text(link.title)}
            </Link>
            <Relationship link={link} />
            <p>
              {format.text(link.why)}{' '}
              <span className="quiet">
                {words.rationales[link.rationale]} ·{' '}
                {link.source === 'library' ? t.links.source(version) : t.links.ownSource}
              </span>
            </p>
            {edition.together
              .filter((group) => group.requirement === link.requirement)
              .map((group) => (
                <Group key={group.controls.map((one) => one.code).join()} group={group} />
              ))}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Group({ group }: { group: GroupAnswer }) {
  const t = useWords(controlMessages)
  const format = useFormat()
  return (
    <div className={css.together}>
      <State tone="met">{t.links.together}</State>
      <span>
        {group.controls.map((one, at) => (
          <span key={one.code}>
            {at > 0 ? ' + ' : ''}
            {one.id ? (
              <Link to="/app/controls/$id" params={{ id: one.id }}>
                {one.code}
              </Link>
            ) : (
              t.links.notHere(one.code)
            )}
          </span>
        ))}
      </span>
      <p>{format.text(group.why)}</p>
    </div>
  )
}

function ControlLinks({ title, links }: { title: string; links: readonly ControlLinkAnswer[] }) {
  const words = useWords(libraryMessages)
  const format = useFormat()
  if (links.length === 0) return null
  return (
    <Section title={title}>
      <ul className={css.lines}>
        {links.map((link) => (
          <li key={link.id}>
            <Link to="/app/controls/$id" params={{ id: link.id }}>
              <code>{link.code}</code> {format.text(link.name)}
            </Link>
            <Relationship link={link} />
            <p>
              {format.text(link.why)} <span className="quiet">{words.rationales[link.rationale]}</span>
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}
