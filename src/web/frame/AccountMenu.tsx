import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../client.ts'
import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { useLanguage } from '../i18n/language.tsx'
import { shellMessages } from '../i18n/messages.ts'
import { Icon } from '../ui/icons.tsx'
import { useMe } from './me.ts'
import { OrganisationItems } from './OrganisationItems.tsx'

const schemes = ['auto', 'light', 'dark'] as const

export function useSignOut(): () => Promise<void> {
  const cache = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    await call('POST', '/api/auth/sign-out', { body: {} })
    cache.clear()
    await navigate({ to: '/app/sign-in' })
  }
}

export function AccountMenu({ onHelp }: { onHelp: () => void }) {
  const t = useWords(shellMessages)
  const format = useFormat()
  const me = useMe()
  const navigate = useNavigate()
  const signOut = useSignOut()
  const { language, setLanguage } = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu width={240}>
      <Menu.Target>
        <ActionIcon aria-label={t.bar.account}>
          <Icon name="user" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {format.text(me.data?.person?.name)}
          <br />
          {me.data?.person?.email}
        </Menu.Label>
        <Menu.Item
          leftSection={<Icon name="key" />}
          onClick={() => navigate({ to: '/app/settings', search: { tab: 'security' } })}
        >
          {t.bar.sessions}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon name="page" />}
          lang={language === 'ja' ? 'en' : 'ja'}
          onClick={() => setLanguage(language === 'ja' ? 'en' : 'ja')}
        >
          {t.bar.language}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="question" />} rightSection="?" onClick={onHelp}>
          {t.bar.help}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t.bar.theme}</Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme}
            closeMenuOnClick={false}
            onClick={() => setColorScheme(scheme)}
            rightSection={colorScheme === scheme ? <Icon name="check" /> : null}
          >
            {t.bar.themes[scheme]}
          </Menu.Item>
        ))}
        <OrganisationItems />
        <Menu.Divider />
        <Menu.Item onClick={signOut}>{t.bar.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
