import { Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Address } from '../../access/web/Address.tsx'
import { Appearance } from '../../access/web/Appearance.tsx'
import { Authenticator } from '../../access/web/Authenticator.tsx'
import { accessMessages } from '../../access/web/messages.ts'
import { Passkeys } from '../../access/web/Passkeys.tsx'
import { Password } from '../../access/web/Password.tsx'
import { Sessions } from '../../access/web/Sessions.tsx'
import { calendarMessages } from '../../calendar/web/messages.ts'
import { RemindersSettings } from '../../calendar/web/RemindersSettings.tsx'
import { useMay } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Page } from '../../web/ui/Page.tsx'
import { OrganisationSettings } from './OrganisationSettings.tsx'
import { programmeMessages } from './programme/messages.ts'
import { ProgrammeSettings } from './programme/ProgrammeSettings.tsx'

const tabs = ['organisation', 'appearance', 'security'] as const

export function SettingsPage() {
  const t = useWords(accessMessages)
  const programme = useWords(programmeMessages)
  const reminders = useWords(calendarMessages)
  const may = useMay()
  const navigate = useNavigate()
  const { tab = 'organisation' }: { tab?: string } = useSearch({ strict: false })
  return (
    <Page title={t.settings.title}>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => navigate({ to: '.', search: (before: object) => ({ ...before, tab: next }) })}
      >
        <Tabs.List mb="lg">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t.settings[name]}
            </Tabs.Tab>
          ))}
          {may('calendar_rules.read') ? <Tabs.Tab value="reminders">{reminders.rules.tab}</Tabs.Tab> : null}
          {may('programme-file.read') ? <Tabs.Tab value="programme">{programme.tab}</Tabs.Tab> : null}
        </Tabs.List>
        <Tabs.Panel value="organisation">
          <OrganisationSettings />
        </Tabs.Panel>
        <Tabs.Panel value="appearance">
          <Appearance />
        </Tabs.Panel>
        <Tabs.Panel value="security">
          <Password />
          <Address />
          <Authenticator />
          <Passkeys />
          <Sessions />
        </Tabs.Panel>
        {may('calendar_rules.read') ? (
          <Tabs.Panel value="reminders">
            <RemindersSettings />
          </Tabs.Panel>
        ) : null}
        {may('programme-file.read') ? (
          <Tabs.Panel value="programme">
            <ProgrammeSettings />
          </Tabs.Panel>
        ) : null}
      </Tabs>
    </Page>
  )
}
