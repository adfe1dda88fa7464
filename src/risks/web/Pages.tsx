import { Link } from '@tanstack/react-router'
import { useWords } from '../../web/i18n/catalogue.ts'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'

const pages = [
  { name: 'register', to: '/app/risks' },
  { name: 'map', to: '/app/risks/map' },
  { name: 'plan', to: '/app/risks/treatment' },
  { name: 'method', to: '/app/risks/method' },
] as const

/** The ways to look at risks, side by side above each of them. */
export function Pages({ here }: { here: (typeof pages)[number]['name'] }) {
  const t = useWords(riskMessages)
  return (
    <nav className={css.pages} aria-label={t.pagesLabel}>
      {pages.map(({ name, to }) => (
        <Link
          key={name}
          to={to}
          activeProps={{}}
          activeOptions={{ exact: true, includeSearch: false }}
          {...(name === here ? { 'aria-current': 'page' as const } : {})}
        >
          {t.pages[name]}
        </Link>
      ))}
    </nav>
  )
}
