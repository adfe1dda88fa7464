import { Menu, ScrollArea } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { Entity } from '../../organisation/entity.ts'
import { useRead } from '../data.ts'
import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Icon } from '../ui/icons.tsx'
import css from './frame.module.css'
import { useMe } from './me.ts'
import { useEntityScope } from './times.ts'
import { inTreeOrder } from './tree.ts'

/** Which part of the organisation the lists show. */
export function EntityScope() {
  const t = useWords(shellMessages)
  const format = useFormat()
  const me = useMe()
  const navigate = useNavigate()
  const chosen = useEntityScope()
  const { data } = useRead<{ items: Entity[] }>('/api/entities')
  const entities = data?.items ?? []
  const current = entities.find((one) => one.id === chosen)
  const choose = (entity: string | undefined) =>
    navigate({ to: '.', search: (search: object) => ({ ...search, entity }) })
  return (
    <Menu position="bottom-start" width={300}>
      <Menu.Target>
        <button type="button" className={css.barButton}>
          <Icon name="entities" />
          <span className="unseen">{t.bar.scope}: </span>
          <span className="clip">
            {current ? format.text(current.name) : format.text(me.data?.organisation.name)}
          </span>
          <Icon name="down" size={12} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t.bar.scope}</Menu.Label>
        <Menu.Item onClick={() => choose(undefined)} {...(chosen ? {} : { 'aria-current': true })}>
          {t.bar.allEntities}
        </Menu.Item>
        <ScrollArea.Autosize mah={360}>
          {inTreeOrder(entities).map(({ node: entity, depth }) => (
            <Menu.Item
              key={entity.id}
              style={{ paddingInlineStart: 8 + depth * 14 }}
              onClick={() => choose(entity.id)}
              {...(entity.id === chosen ? { 'aria-current': true } : {})}
            >
              {format.text(entity.name)}
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}
