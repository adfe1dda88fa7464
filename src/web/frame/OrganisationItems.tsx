import { Menu } from '@mantine/core'
import type { LocalText } from '../../kernel/language.ts'
import { call } from '../client.ts'
import { useReadNow } from '../data.ts'
import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Icon } from '../ui/icons.tsx'

type Choice = { id: string; name: LocalText; current: boolean }

/** The other organisations of somebody who belongs to several; for everybody else, nothing. */
export function OrganisationItems() {
  const t = useWords(shellMessages)
  const format = useFormat()
  const { data } = useReadNow<{ items: Choice[] }>('/api/account/organisations')
  const items = data?.items ?? []
  if (items.length < 2) return null
  const change = async ({ id, current }: Choice) => {
    if (current) return
    await call('POST', '/api/account/organisation', { body: { organisationId: id } })
    // Loaded anew as a whole, so that nothing of the organisation before stays on the screen or in memory.
    window.location.assign('/app')
  }
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t.bar.organisations}</Menu.Label>
      {items.map((one) => (
        <Menu.Item
          key={one.id}
          onClick={() => change(one)}
          rightSection={one.current ? <Icon name="check" /> : null}
        >
          {format.text(one.name)}
        </Menu.Item>
      ))}
    </>
  )
}
