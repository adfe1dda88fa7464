import type { ShellWords } from '../i18n/messages.ts'
import type { IconName } from '../ui/icons.tsx'

export type NavEntry = {
  to: string
  icon: IconName
  label: keyof ShellWords['nav']
  /** Any one of these lets the entry appear; without any, everyone sees it. */
  permissions?: readonly string[]
  /** The letter after `g`. */
  key: string
}

/** The navigation, by job. A new noun adds its line here and its page in routes.tsx. */
export const navEntries: readonly NavEntry[] = [
  { to: '/app', icon: 'home', label: 'home', key: 'h' },
  {
    to: '/app/certificates',
    icon: 'certificate',
    label: 'certificates',
    permissions: ['certificate.read'],
    key: 'c',
  },
  {
    to: '/app/organisation',
    icon: 'entities',
    label: 'organisation',
    permissions: ['entity.read'],
    key: 'o',
  },
  {
    to: '/app/frameworks',
    icon: 'frameworks',
    label: 'frameworks',
    permissions: ['edition.read'],
    key: 'f',
  },
  {
    to: '/app/requests',
    icon: 'requests',
    label: 'requests',
    permissions: ['report_request.read', 'document.read'],
    key: 'r',
  },
  {
    to: '/app/trust',
    icon: 'page',
    label: 'trust',
    permissions: ['publication.read', 'page_text.read'],
    key: 't',
  },
  { to: '/app/log', icon: 'log', label: 'log', permissions: ['log.read'], key: 'l' },
  { to: '/app/people', icon: 'people', label: 'people', permissions: ['person.read'], key: 'p' },
  { to: '/app/settings', icon: 'settings', label: 'settings', key: 's' },
]
