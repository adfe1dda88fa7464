import { Link, useParams } from '@tanstack/react-router'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { type Format, useFormat } from '../../web/i18n/format.ts'
import { type Fact, Facts } from '../../web/ui/Facts.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { Page, Section } from '../../web/ui/Page.tsx'
import { EditionState } from './EditionStatus.tsx'
import css from './frameworks.module.css'
import { LicensedText } from './LicensedText.tsx'
import { frameworkMessages } from './messages.ts'
import { partialDay } from './partial-day.ts'
import { RequirementTree } from './RequirementTree.tsx'
import type { EditionDetail } from './shapes.ts'

type Words = (typeof frameworkMessages)['ja']

function factsOf(edition: EditionDetail, t: Words, format: Format): Fact[] {
  const { lifecycle } = edition
  const link = (key: string) => (
    <Link to="/app/frameworks/$key" params={{ key }}>
      {key}
    </Link>
  )
  return [
    { label: t.publisher, value: edition.publisher },
    { label: t.published, value: partialDay(lifecycle.published, format) },
    ...(lifecycle.withdrawn ? [{ label: t.withdrawn, value: format.day(lifecycle.withdrawn) }] : []),
    ...(lifecycle.supersedes ? [{ label: t.supersedes, value: link(lifecycle.supersedes) }] : []),
    ...(lifecycle.supersededBy ? [{ label: t.supersededBy, value: link(lifecycle.supersededBy) }] : []),
    ...(lifecycle.transition
      ? [{ label: t.transition, value: format.day(lifecycle.transition.deadline) }]
      : []),
    ...(lifecycle.futureDatedFrom
      ? [{ label: t.futureDated, value: format.day(lifecycle.futureDatedFrom) }]
      : []),
    { label: t.initial, value: edition.acceptsInitialAudit ? t.accepted : t.refused },
    ...(edition.localEquivalents.length > 0
      ? [{ label: t.local, value: edition.localEquivalents.map((one) => one.id).join(', ') }]
      : []),
  ]
}

/** One edition: its life, its counts, and its requirements as a tree in both languages. */
export function FrameworkPage() {
  const t = useWords(frameworkMessages)
  const format = useFormat()
  const { key } = useParams({ strict: false }) as { key: string }
  const read = useRead<EditionDetail>(`/api/frameworks/${key}`)
  return (
    <Loaded read={read}>
      {(edition) => (
        <Page
          title={edition.name[format.language]}
          beside={<EditionState status={edition.status} />}
          above={<Link to="/app/frameworks">{t.title}</Link>}
        >
          <Facts facts={factsOf(edition, t, format)} />
          <Section title={t.counts}>
            <ul className={css.counts}>
              {edition.counts.map(({ mode, count }) => (
                <li key={mode}>
                  <b>{format.number(count)}</b> {t.modes[mode]}
                </li>
              ))}
            </ul>
          </Section>
          <LicensedText edition={edition} />
          <Section title={t.inside}>
            {edition.requirements === 'outline' ? <Notice tone="unknown">{t.outline}</Notice> : null}
            <RequirementTree edition={edition.key} nodes={edition.nodes} />
          </Section>
          <p className={css.licence}>{edition.licenceNote}</p>
          {edition.digest ? (
            <p className="quiet">
              {t.digest}: <code>{edition.digest}</code>
            </p>
          ) : null}
        </Page>
      )}
    </Loaded>
  )
}
