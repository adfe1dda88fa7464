import { ActionIcon, Drawer, Kbd } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, useState } from 'react'
import { ApiProblem } from '../client.ts'
import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Bones } from '../ui/Empty.tsx'
import { Icon } from '../ui/icons.tsx'
import { Failure } from '../ui/Notice.tsx'
import { AccountMenu } from './AccountMenu.tsx'
import { CommandSearch } from './CommandSearch.tsx'
import { EntityScope } from './EntityScope.tsx'
import css from './frame.module.css'
import { KeyboardHelp } from './KeyboardHelp.tsx'
import { useMe } from './me.ts'
import { NavLinks } from './NavLinks.tsx'
import { useShortcuts } from './shortcuts.ts'
import { PastBanner, TimeMachine } from './TimeMachine.tsx'

const collapsedKey = 'assay-nav'

/** Everything around a page for someone who is signed in; leads to where they can be otherwise. */
export function Frame() {
  const me = useMe()
  const t = useWords(shellMessages)
  if (me.error instanceof ApiProblem && me.error.status === 401) return <Elsewhere to="/app/sign-in" />
  if (me.error instanceof ApiProblem && me.error.code === 'access.choose_organisation')
    return <Elsewhere to="/app/choose" />
  if (me.isError) return <Failure error={me.error} />
  if (!me.data) return <Bones label={t.loading} />
  if (me.data.permissions.length === 0) return <Elsewhere to="/app/waiting" />
  return <Inside />
}

/** Leads to a page outside, once: the address changes under this component while that page is on its way. */
function Elsewhere({ to }: { to: '/app/sign-in' | '/app/choose' | '/app/waiting' }) {
  const navigate = useNavigate()
  const { href } = useLocation()
  const [next] = useState(href)
  useEffect(() => {
    navigate({ to, search: { next }, replace: true })
  }, [navigate, next, to])
  return null
}

function Inside() {
  const t = useWords(shellMessages)
  const { pathname } = useLocation()
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(collapsedKey) === 'collapsed')
  const [drawer, setDrawer] = useState(false)
  const [help, setHelp] = useState(false)
  const [search, setSearch] = useState(false)
  const main = useRef<HTMLElement>(null)
  const arrived = useRef(pathname)
  useShortcuts({ onSearch: () => setSearch(true), onHelp: () => setHelp(true) })
  useEffect(() => {
    // A new page starts at its top, and a screen reader starts there too.
    if (arrived.current === pathname) return
    arrived.current = pathname
    window.scrollTo(0, 0)
    main.current?.focus()
  }, [pathname])
  const fold = () => {
    localStorage.setItem(collapsedKey, collapsed ? 'open' : 'collapsed')
    setCollapsed(!collapsed)
  }
  return (
    <div className={css.frame} data-collapsed={collapsed || undefined}>
      <a className={css.skip} href="#main">
        {t.nav.skip}
      </a>
      <DemoBanner />
      <nav className={css.nav} aria-label={t.nav.label}>
        <div className={css.inner}>
          <Brand />
          <NavLinks />
          <div className={css.foot}>
            <ActionIcon aria-label={collapsed ? t.nav.expand : t.nav.collapse} onClick={fold}>
              <Icon name="side" />
            </ActionIcon>
          </div>
        </div>
      </nav>
      <section className={css.bar} aria-label={t.bar.label}>
        <span className={css.onlyPhone}>
          <ActionIcon size={40} aria-label={t.nav.open} onClick={() => setDrawer(true)}>
            <Icon name="menu" />
          </ActionIcon>
        </span>
        <EntityScope />
        <span className={css.push} />
        <button type="button" className={css.searchButton} onClick={() => setSearch(true)}>
          <Icon name="search" />
          <span>{t.bar.search}</span>
          <Kbd aria-hidden="true">{/Mac/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'}</Kbd>
        </button>
        <TimeMachine />
        <AccountMenu onHelp={() => setHelp(true)} />
      </section>
      <PastBanner />
      <main id="main" ref={main} tabIndex={-1} className={css.main}>
        <Suspense fallback={<Bones label={t.loading} />}>
          <Outlet />
        </Suspense>
      </main>
      <Drawer
        opened={drawer}
        onClose={() => setDrawer(false)}
        position="left"
        size={260}
        title="Assay"
        closeButtonProps={{ 'aria-label': t.form.close }}
      >
        <NavLinks onFollow={() => setDrawer(false)} />
      </Drawer>
      <KeyboardHelp opened={help} onClose={() => setHelp(false)} />
      {search ? <CommandSearch onClose={() => setSearch(false)} /> : null}
      <Notifications position="bottom-right" autoClose={4000} />
    </div>
  )
}

function Brand() {
  return (
    <div className={css.brand}>
      <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="var(--accent)" />
        <path
          d="M16 6 25 25h-4.100l-1.800-4.200h-6.200L11.100 25H7Zm0 7-1.900 4.600h3.800Z"
          fill="var(--on-accent)"
        />
      </svg>
      <span className={css.word}>Assay</span>
    </div>
  )
}

function DemoBanner() {
  const t = useWords(shellMessages)
  const format = useFormat()
  const { data } = useMe()
  if (!data?.demo) return null
  return (
    <section className={css.demo} aria-label={t.bar.demoLabel}>
      {t.bar.demo(format.day(data.today))}
    </section>
  )
}
