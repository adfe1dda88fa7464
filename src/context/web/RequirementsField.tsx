import { ActionIcon, Select } from '@mantine/core'
import { useState } from 'react'
import type { EditionDetail, EditionSummary } from '../../frameworks/web/shapes.ts'
import { useRead } from '../../web/data.ts'
import { ChoiceField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import type { RequirementLink } from '../obligation.ts'
import css from './context.module.css'
import { contextMessages } from './messages.ts'

type RequirementsFieldProps = {
  value: readonly RequirementLink[]
  onChange: (value: RequirementLink[]) => void
  error: string | null
}

/** Requirements of editions, found by number or title: choosing one adds it. */
export function RequirementsField({ value, onChange, error }: RequirementsFieldProps) {
  const t = useWords(contextMessages)
  const { language } = useFormat()
  const editions = useRead<{ items: EditionSummary[] }>('/api/frameworks').data?.items ?? []
  const usual = editions.find((one) => one.family === 'iso27001' && one.status === 'current')
  const [chosen, setChosen] = useState<string | null>(null)
  const edition = chosen ?? value.at(-1)?.edition ?? usual?.key ?? ''
  const nodes = useRead<EditionDetail>(`/api/frameworks/${edition}`, {}, edition !== '').data?.nodes ?? []
  const has = (requirement: string) =>
    value.some((one) => one.edition === edition && one.requirement === requirement)
  const nameOf = (key: string) => editions.find((one) => one.key === key)?.name[language] ?? key
  return (
    <fieldset className={css.list}>
      <legend>{t.obligation.requirements}</legend>
      {value.length === 0 ? <p className="quiet">{t.obligation.noRequirements}</p> : null}
      <ul className={css.links}>
        {value.map((one) => (
          <li key={`${one.edition}/${one.requirement}`}>
            <code>{one.requirement}</code>
            <span className="quiet">{nameOf(one.edition)}</span>
            <ActionIcon
              size={20}
              aria-label={t.obligation.remove(one.requirement)}
              onClick={() => onChange(value.filter((other) => other !== one))}
            >
              <Icon name="close" size={12} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <div className={css.two}>
        <ChoiceField
          label={t.obligation.edition}
          value={edition}
          options={editions.map((one) => ({ value: one.key, label: one.name[language] }))}
          onChange={setChosen}
        />
        <Select
          label={t.obligation.requirement}
          searchable
          limit={80}
          data={nodes
            .filter((node) => !has(node.id))
            .map((node) => ({ value: node.id, label: `${node.id} ${node.titles[language]}` }))}
          value={null}
          error={error}
          onChange={(requirement) => requirement && onChange([...value, { edition, requirement }])}
        />
      </div>
    </fieldset>
  )
}
