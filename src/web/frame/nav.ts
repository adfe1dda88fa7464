import type { ShellWords } from '../i18n/messages.ts'
import type { IconName } from '../ui/icons.tsx'

export type NavEntry = {
  to: string
  icon: IconName
  label: Exclude<keyof ShellWords['nav'], 'groups'>
  /** Any one of these lets the entry appear; without any, everyone sees it. */
  permissions?: readonly string[]
  /** The letter after `g`. */
  key: string
  group: NavGroup
}

/** Groups in their order; the first stands without a heading. */
export const navGroups = ['today', 'assurance', 'isms', 'certification', 'administration'] as const

export type NavGroup = (typeof navGroups)[number]

/** The navigation, by job. A new noun adds its line here and its page in routes.tsx. */
export const navEntries: readonly NavEntry[] = [
  { to: '/app', icon: 'home', label: 'home', key: 'h', group: 'today' },
  {
    to: '/app/tasks',
    icon: 'task',
    label: 'tasks',
    permissions: ['occurrence.perform'],
    key: 'd',
    group: 'today',
  },
  {
    to: '/app/calendar',
    icon: 'calendar',
    label: 'calendar',
    permissions: ['due.read'],
    key: 'u',
    group: 'today',
  },
  {
    to: '/app/posture',
    icon: 'posture',
    label: 'posture',
    permissions: ['posture.read'],
    key: 'w',
    group: 'assurance',
  },
  {
    to: '/app/programmes',
    icon: 'programme',
    label: 'programmes',
    permissions: ['programme.read'],
    key: 'm',
    group: 'assurance',
  },
  {
    to: '/app/controls',
    icon: 'control',
    label: 'controls',
    permissions: ['control.read'],
    key: 'n',
    group: 'assurance',
  },
  {
    to: '/app/evidence',
    icon: 'evidence',
    label: 'evidence',
    permissions: ['evidence.read'],
    key: 'e',
    group: 'assurance',
  },
  {
    to: '/app/checks',
    icon: 'checks',
    label: 'checks',
    permissions: ['check.read'],
    key: 'k',
    group: 'assurance',
  },
  {
    to: '/app/assets',
    icon: 'asset',
    label: 'assets',
    permissions: ['asset.read'],
    key: 'a',
    group: 'assurance',
  },
  {
    to: '/app/context',
    icon: 'context',
    label: 'context',
    permissions: ['interested-party.read', 'scope-statement.read'],
    key: 'x',
    group: 'isms',
  },
  {
    to: '/app/objectives',
    icon: 'objective',
    label: 'objectives',
    permissions: ['objective.read'],
    key: 'v',
    group: 'isms',
  },
  {
    to: '/app/risks',
    icon: 'risk',
    label: 'risks',
    permissions: ['risk.read'],
    key: 'i',
    group: 'isms',
  },
  {
    to: '/app/soa',
    icon: 'statement',
    label: 'soa',
    permissions: ['soa.read'],
    key: 'y',
    group: 'isms',
  },
  {
    to: '/app/documented-information',
    icon: 'file',
    label: 'documented',
    permissions: ['named-document.read'],
    key: 'b',
    group: 'isms',
  },
  {
    to: '/app/reports',
    icon: 'download',
    label: 'reports',
    permissions: ['report.read'],
    key: 'q',
    group: 'certification',
  },
  {
    to: '/app/certificates',
    icon: 'certificate',
    label: 'certificates',
    permissions: ['certificate.read'],
    key: 'c',
    group: 'certification',
  },
  {
    to: '/app/organisation',
    icon: 'entities',
    label: 'organisation',
    permissions: ['entity.read'],
    key: 'o',
    group: 'administration',
  },
  {
    to: '/app/frameworks',
    icon: 'frameworks',
    label: 'frameworks',
    permissions: ['edition.read'],
    key: 'f',
    group: 'administration',
  },
  {
    to: '/app/requests',
    icon: 'requests',
    label: 'requests',
    permissions: ['report_request.read', 'document.read'],
    key: 'r',
    group: 'certification',
  },
  {
    to: '/app/trust',
    icon: 'page',
    label: 'trust',
    permissions: ['publication.read', 'page_text.read'],
    key: 't',
    group: 'certification',
  },
  { to: '/app/log', icon: 'log', label: 'log', permissions: ['log.read'], key: 'l', group: 'administration' },
  {
    to: '/app/people',
    icon: 'people',
    label: 'people',
    permissions: ['person.read'],
    key: 'p',
    group: 'administration',
  },
  { to: '/app/settings', icon: 'settings', label: 'settings', key: 's', group: 'administration' },
]
