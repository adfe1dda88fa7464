import { Link } from '@tanstack/react-router'
import { useWords } from '../i18n/catalogue.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Icon } from '../ui/icons.tsx'
import css from './frame.module.css'
import { useMay } from './me.ts'
import { type NavEntry, navEntries, navGroups } from './nav.ts'

/** The entries that this reader may use: what they may not is absent, not greyed. */
export function useNavEntries(): NavEntry[] {
  const may = useMay()
  return navEntries.filter((entry) => !entry.permissions || entry.permissions.some(may))
}

export function NavLinks({ onFollow }: { onFollow?: () => void }) {
  const t = useWords(shellMessages)
  const entries = useNavEntries()
  return navGroups.map((group) => {
    const inGroup = entries.filter((entry) => entry.group === group)
    if (inGroup.length === 0) return null
    return (
      <div key={group} className={css.group}>
        {group === 'today' ? null : <div className={css.groupName}>{t.nav.groups[group]}</div>}
        <ul className={css.links} {...(group === 'today' ? {} : { 'aria-label': t.nav.groups[group] })}>
          {inGroup.map((entry) => (
            <NavLink key={entry.to} entry={entry} {...(onFollow ? { onFollow } : {})} />
          ))}
        </ul>
      </div>
    )
  })
}

function NavLink({ entry, onFollow }: { entry: NavEntry; onFollow?: () => void }) {
  const t = useWords(shellMessages)
  return (
    <li>
      <Link
        to={entry.to}
        className={css.link ?? ''}
        activeOptions={{ exact: entry.to === '/app', includeSearch: false }}
        title={t.nav[entry.label]}
        onClick={() => onFollow?.()}
      >
        <Icon name={entry.icon} />
        <span className={css.word}>{t.nav[entry.label]}</span>
      </Link>
    </li>
  )
}
