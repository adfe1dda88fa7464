import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { SearchField, useSearchText } from '../../web/table/SearchField.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Count, Page, Section } from '../../web/ui/Page.tsx'
import frameworks from './frameworks.module.css'
import css from './library.module.css'
import { libraryMessages } from './library-messages.ts'
import { frameworkMessages } from './messages.ts'
import type { ControlSummary, LibraryAnswer } from './shapes.ts'

const fold = (text: string) => text.normalize('NFKC').toLowerCase()

/** Controls whose id, title or aim holds every word that was typed, in either language. */
function matching(controls: readonly ControlSummary[], typed: string): readonly ControlSummary[] {
  const terms = fold(typed).split(/\s+/).filter(Boolean)
  return controls.filter(({ id, title, objective }) => {
    const text = fold(`${id} ${title.en} ${title.ja} ${objective.en} ${objective.ja}`)
    return terms.every((term) => text.includes(term))
  })
}

/** The shipped common controls by domain, with how much of each edition each is linked to. */
export function LibraryPage() {
  const t = useWords(libraryMessages)
  const f = useWords(frameworkMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const { q: asked }: { q?: string } = useSearch({ strict: false })
  const search = useSearchText(asked)
  const { text: q } = search
  const read = useRead<LibraryAnswer>('/api/library')
  return (
    <Page
      title={t.title}
      above={<Link to="/app/frameworks">{f.title}</Link>}
      beside={read.data ? <Count>{format.number(read.data.controls.length)}</Count> : null}
      lead={t.lead}
    >
      <SearchField
        className={frameworks.search}
        label={t.search}
        search={search}
        onBlur={() =>
          navigate({ to: '.', search: (before: object) => ({ ...before, q: q || undefined }), replace: true })
        }
      />
      <Loaded read={read}>{(library) => <Domains library={library} q={q} />}</Loaded>
    </Page>
  )
}

function Domains({ library, q }: { library: LibraryAnswer; q: string }) {
  const t = useWords(libraryMessages)
  const format = useFormat()
  const found = Map.groupBy(matching(library.controls, q), (one) => one.domain)
  return (
    <>
      {found.size === 0 ? (
        <p className="quiet" role="status">
          {t.nothing}
        </p>
      ) : null}
      {library.domains.map(({ id, title }) => {
        const controls = found.get(id)
        return controls ? (
          <Section
            key={id}
            title={title[format.language]}
            beside={<Count>{format.number(controls.length)}</Count>}
          >
            <ul className={css.list}>
              {controls.map((control) => (
                <ControlLine key={control.id} control={control} />
              ))}
            </ul>
          </Section>
        ) : null
      })}
      <p className={frameworks.licence}>
        {t.version(library.version)}
        {library.digest ? (
          <>
            {' · '}
            {t.digest}: <code className={css.digest}>{library.digest}</code>
          </>
        ) : null}
      </p>
    </>
  )
}

function ControlLine({ control }: { control: ControlSummary }) {
  const format = useFormat()
  const { id, title, objective, links } = control
  return (
    <li>
      <Link
        className={css.control ?? ''}
        to="/app/frameworks/common-controls/$control"
        params={{ control: id }}
      >
        <code>{id}</code>
        <span>
          {title[format.language]}
          <span className={css.aim}>{objective[format.language]}</span>
        </span>
        <span className={css.counts}>
          {links
            .filter((one) => one.requirements > 0)
            .map((one) => (
              <span key={one.edition}>
                {one.edition} <b>{format.number(one.requirements)}</b>
              </span>
            ))}
        </span>
      </Link>
    </li>
  )
}
