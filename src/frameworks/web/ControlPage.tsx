import { Link, useParams } from '@tanstack/react-router'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Facts } from '../../web/ui/Facts.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Count, Page, Section } from '../../web/ui/Page.tsx'
import css from './library.module.css'
import { libraryMessages } from './library-messages.ts'
import { Relationship, TogetherNote } from './Reach.tsx'
import type { ControlAnswer, Named } from './shapes.ts'

/** One common control: what it is for, what is done, what shows it, and what it answers in each edition. */
export function ControlPage() {
  const t = useWords(libraryMessages)
  const { language } = useFormat()
  const { control: id } = useParams({ strict: false }) as { control: string }
  const read = useRead<ControlAnswer>(`/api/library/${encodeURIComponent(id)}`)
  return (
    <Loaded read={read}>
      {({ control, domain, editions }) => (
        <Page
          title={`${control.id} ${control.title[language]}`}
          above={<Link to="/app/frameworks/common-controls">{t.title}</Link>}
          lead={control.objective[language]}
        >
          <Facts
            facts={[
              { label: t.domain, value: domain.title[language] },
              { label: t.nature, value: t.natures[control.nature] },
              { label: t.automation, value: t.automations[control.automation] },
              { label: t.frequency, value: t.frequencies[control.frequency] },
            ]}
          />
          <Section title={t.practice}>
            <p className={css.prose}>{control.practice[language]}</p>
          </Section>
          <Section title={t.evidence}>
            <ul className={css.evidence}>
              {control.evidence.map((one) => (
                <li key={one.en}>{one[language]}</li>
              ))}
            </ul>
          </Section>
          {editions.map((edition) => (
            <EditionLinks key={edition.key} edition={edition} />
          ))}
        </Page>
      )}
    </Loaded>
  )
}

function RequirementLink({ edition, requirement }: { edition: string; requirement: Named }) {
  const { language } = useFormat()
  return (
    <Link to="/app/frameworks/$key" params={{ key: edition }} hash={requirement.id}>
      <code>{requirement.id}</code> {requirement.titles[language]}
    </Link>
  )
}

function EditionLinks({ edition }: { edition: ControlAnswer['editions'][number] }) {
  const t = useWords(libraryMessages)
  const format = useFormat()
  const { key, name, links, together } = edition
  return (
    <Section title={name[format.language]} beside={<Count>{format.number(links.length)}</Count>}>
      <ul className={css.list}>
        {links.map((link) => (
          <li key={link.requirement.id} className={css.line}>
            <RequirementLink edition={key} requirement={link.requirement} />
            <Relationship relationship={link.relationship} />
            <p>
              {link.why[format.language]} <span className="quiet">{t.rationales[link.rationale]}</span>
            </p>
            {together
              .filter((group) => group.requirement.id === link.requirement.id)
              .map((group) => (
                <TogetherNote key={group.controls.map((one) => one.id).join()} group={group} />
              ))}
          </li>
        ))}
      </ul>
    </Section>
  )
}
