import { ActionIcon, Button, Select } from '@mantine/core'
import { libraryMessages } from '../../frameworks/web/library-messages.ts'
import type { EditionDetail } from '../../frameworks/web/shapes.ts'
import { useRead } from '../../web/data.ts'
import { ChoiceField, LocalTextField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import type { Control } from '../control.ts'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import { useEditions } from './names.ts'

type Link = Control['requirementLinks'][number]

type LinksFieldProps = {
  links: readonly Link[]
  onChange: (links: Link[]) => void
  error: (pointer: string) => string | null
}

const blank = (edition: string): Link => ({
  edition,
  requirement: '',
  relationship: 'intersects',
  rationale: 'functional',
  why: {},
})

/** The organisation's own links of a control to requirements, each with how far it reaches and why. */
export function LinksField({ links, onChange, error }: LinksFieldProps) {
  const t = useWords(controlMessages)
  const editions = useEditions()
  // Most links are to what is audited against now; an edition of before or to come is chosen knowingly.
  const usual = editions.find((one) => one.status === 'current') ?? editions[0]
  const put = (at: number, part: Partial<Link>) =>
    onChange(links.map((one, index) => (index === at ? { ...one, ...part } : one)))
  return (
    <fieldset className={css.list}>
      <legend>{t.form.links}</legend>
      <p className="quiet">{t.form.linksHint}</p>
      {links.map((link, at) => (
        <LinkFields
          // biome-ignore lint/suspicious/noArrayIndexKey: two links may be alike while they are written, and none moves
          key={at}
          link={link}
          onChange={(part) => put(at, part)}
          onRemove={() => onChange(links.filter((_, index) => index !== at))}
          error={(pointer) => error(`/${at}${pointer}`)}
        />
      ))}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<Icon name="plus" />}
        onClick={() => onChange([...links, blank(links.at(-1)?.edition ?? usual?.key ?? '')])}
      >
        {t.form.addLink}
      </Button>
    </fieldset>
  )
}

type LinkFieldsProps = {
  link: Link
  onChange: (part: Partial<Link>) => void
  onRemove: () => void
  error: (pointer: string) => string | null
}

function LinkFields({ link, onChange, onRemove, error }: LinkFieldsProps) {
  const t = useWords(controlMessages)
  const words = useWords(libraryMessages)
  const { language } = useFormat()
  const editions = useEditions()
  const nodes =
    useRead<EditionDetail>(`/api/frameworks/${link.edition}`, {}, link.edition !== '').data?.nodes ?? []
  return (
    <div className={css.part}>
      <div className={css.two}>
        <ChoiceField
          label={t.form.edition}
          value={link.edition}
          options={editions.map((one) => ({ value: one.key, label: one.name[language] }))}
          onChange={(edition) => onChange({ edition, requirement: '' })}
        />
        <Select
          label={t.form.requirement}
          searchable
          limit={80}
          data={nodes.map((node) => ({ value: node.id, label: `${node.id} ${node.titles[language]}` }))}
          value={link.requirement || null}
          error={error('')}
          onChange={(requirement) => requirement && onChange({ requirement })}
        />
        <ChoiceField
          label={t.form.relationship}
          value={link.relationship}
          options={(Object.keys(words.relationships) as Link['relationship'][]).map((value) => ({
            value,
            label: words.relationships[value],
          }))}
          onChange={(relationship) => onChange({ relationship })}
        />
        <ChoiceField
          label={t.form.rationale}
          value={link.rationale}
          options={(Object.keys(words.rationales) as Link['rationale'][]).map((value) => ({
            value,
            label: words.rationales[value],
          }))}
          onChange={(rationale) => onChange({ rationale })}
        />
      </div>
      <LocalTextField
        label={t.form.why}
        lines
        value={link.why}
        onChange={(why) => onChange({ why })}
        error={error('/why')}
      />
      <ActionIcon
        className={css.remove ?? ''}
        aria-label={t.form.removeLink(link.requirement)}
        onClick={onRemove}
      >
        <Icon name="close" />
      </ActionIcon>
    </div>
  )
}
