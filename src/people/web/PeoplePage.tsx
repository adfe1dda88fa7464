import { Button, Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay, useMayNow } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { Page } from '../../web/ui/Page.tsx'
import { InviteForm } from './InviteForm.tsx'
import { KeyForm } from './KeyForm.tsx'
import { Keys } from './Keys.tsx'
import { peopleMessages as messages } from './messages.ts'
import { People } from './People.tsx'

/** Who may do what, and the keys that act for programs. */
export function PeoplePage() {
  const t = useWords(messages)
  const navigate = useNavigate()
  const may = useMay()
  const mayNow = useMayNow()
  const { tab = 'people' }: { tab?: string } = useSearch({ strict: false })
  const [adding, setAdding] = useState(false)
  const isKeys = tab === 'keys' && may('api_key.read')
  const create = mayNow(isKeys ? 'api_key.create' : 'person.invite')
  return (
    <Page
      title={t.title}
      actions={
        create ? (
          <Button leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
            {isKeys ? t.newKey : t.invite}
          </Button>
        ) : null
      }
    >
      <Tabs
        value={isKeys ? 'keys' : 'people'}
        keepMounted={false}
        onChange={(next) => navigate({ to: '.', search: (before: object) => ({ ...before, tab: next }) })}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="people">{t.people}</Tabs.Tab>
          {may('api_key.read') ? <Tabs.Tab value="keys">{t.keys}</Tabs.Tab> : null}
        </Tabs.List>
        <Tabs.Panel value="people">
          <People />
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <Keys />
        </Tabs.Panel>
      </Tabs>
      {adding && !isKeys ? <InviteForm onClose={() => setAdding(false)} /> : null}
      {adding && isKeys ? <KeyForm onClose={() => setAdding(false)} /> : null}
    </Page>
  )
}
