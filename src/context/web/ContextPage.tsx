import { useProgrammeNames } from '../../programmes/web/names.ts'
import { useMay } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Page } from '../../web/ui/Page.tsx'
import { RecordTabs } from '../../web/ui/RecordTabs.tsx'
import { contextMessages } from './messages.ts'
import { IssuesPanel, ObligationsPanel, PartiesPanel } from './Panels.tsx'
import { RolesPanel } from './RolesPanel.tsx'
import { ScopesPanel } from './ScopesPanel.tsx'

/** The context of the organisation: for whom, because of what, over what and by whom information is protected. */
export function ContextPage() {
  const t = useWords(contextMessages)
  const names = useProgrammeNames()
  const may = useMay()
  const tabs = [
    {
      name: 'parties',
      permission: 'interested-party.read',
      content: <PartiesPanel names={names} />,
    },
    { name: 'issues', permission: 'context-issue.read', content: <IssuesPanel names={names} /> },
    { name: 'obligations', permission: 'obligation.read', content: <ObligationsPanel names={names} /> },
    { name: 'scope', permission: 'scope-statement.read', content: <ScopesPanel /> },
    { name: 'roles', permission: 'isms-role.read', content: <RolesPanel names={names} /> },
  ] as const
  return (
    <Page title={t.title} wide lead={t.lead}>
      <RecordTabs
        tabs={tabs
          .filter((tab) => may(tab.permission))
          .map(({ name, content }) => ({ name, label: t.tabs[name], content }))}
      />
    </Page>
  )
}
