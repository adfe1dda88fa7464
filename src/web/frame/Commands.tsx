import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import '@mantine/spotlight/styles.layer.css'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { LocalText } from '../../kernel/language.ts'
import { useRead } from '../data.ts'
import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { useLanguage } from '../i18n/language.tsx'
import { shellMessages } from '../i18n/messages.ts'
import { Icon } from '../ui/icons.tsx'
import { useSignOut } from './AccountMenu.tsx'
import { type Found, type FoundGroup, useFewRecords, useFoundRecords } from './found.ts'
import { useMay } from './me.ts'
import { useNavEntries } from './NavLinks.tsx'
import { useGoTo } from './TimeMachine.tsx'

const [store, spotlight] = createSpotlight()

type Named = { id: string; key: string; name: LocalText }

const namesOf = (one: Named): string[] => [one.name.en ?? '', one.name.ja ?? '', one.key]

/** The records that can be opened by typing: read once when the search is opened, then found without asking. */
function useRecords(): FoundGroup[] {
  const t = useWords(shellMessages)
  const format = useFormat()
  const may = useMay()
  const entities = useRead<{ items: Named[] }>('/api/entities', {}, may('entity.read'))
  const services = useRead<{ items: Named[] }>('/api/services', {}, may('service.read'))
  const frameworks = useRead<{ items: Omit<Named, 'id'>[] }>('/api/frameworks', {}, true)
  const certificates = useRead<{
    items: { id: string; key: string; number: string | null; scheme: string }[]
  }>('/api/certificates', { limit: 200 }, may('certificate.read'))
  const schemes = useRead<{ items: Omit<Named, 'id'>[] }>('/api/schemes')
  const schemeNames = (key: string): string[] => {
    const name = schemes.data?.items.find((one) => one.key === key)?.name
    return [name?.en ?? '', name?.ja ?? '']
  }
  const schemeName = (key: string) => format.text(schemes.data?.items.find((one) => one.key === key)?.name)
  const named = (items: readonly Named[] | undefined, kind: string): Found[] =>
    (items ?? []).map((one) => ({
      id: one.id,
      label: format.text(one.name),
      words: namesOf(one),
      to: '/app/organisation',
      search: { open: `${kind}-${one.id}` },
    }))
  return [
    {
      group: t.search.certificates,
      icon: 'certificate',
      items: (certificates.data?.items ?? []).map((one) => ({
        id: one.id,
        label: [schemeName(one.scheme), one.number].filter(Boolean).join(' · '),
        words: [one.key, one.number ?? '', one.scheme, ...schemeNames(one.scheme)],
        to: `/app/certificates/${one.id}`,
      })),
    },
    { group: t.search.entities, icon: 'entities', items: named(entities.data?.items, 'entity') },
    { group: t.search.services, icon: 'entities', items: named(services.data?.items, 'service') },
    {
      group: t.search.frameworks,
      icon: 'frameworks',
      items: (frameworks.data?.items ?? []).map((one) => ({
        id: one.key,
        label: format.text(one.name),
        words: [one.key, one.name.en ?? '', one.name.ja ?? ''],
        to: `/app/frameworks/${one.key}`,
      })),
    },
  ]
}

type CommandsProps = {
  query: string
  onQuery: (query: string) => void
  /** The search field has the focus: from now on it gets every keystroke itself. */
  onReady: () => void
  onClose: () => void
}

/** Search and commands: pages, actions and records. */
export default function Commands({ query, onQuery, onReady, onClose }: CommandsProps) {
  const t = useWords(shellMessages)
  const navigate = useNavigate()
  const may = useMay()
  const goTo = useGoTo()
  const signOut = useSignOut()
  const { language, setLanguage } = useLanguage()
  const entries = useNavEntries()
  const named = useRecords()
  const few = useFewRecords()
  const { waiting, groups } = useFoundRecords(query)
  const records = [...groups, ...few, ...named]
  useEffect(() => spotlight.open(), [])
  useEffect(() => {
    // Enter takes the first, also where nothing matched before the server had answered.
    if (waiting || query.trim() === '' || document.querySelector('[data-action][data-selected]')) return
    document.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
    store.updateState((state) => ({ ...state, selected: 0 }))
  }, [waiting, query])
  const actions: SpotlightActionGroupData[] = [
    {
      group: t.search.pages,
      actions: entries.map((entry) => ({
        id: entry.to,
        label: t.nav[entry.label],
        leftSection: <Icon name={entry.icon} />,
        rightSection: `g ${entry.key}`,
        onClick: () => navigate({ to: entry.to }),
      })),
    },
    ...records
      .filter(({ items }) => items.length > 0)
      .map(({ group, icon, items }) => ({
        group,
        actions: items.map((found) => ({
          id: `${group} ${found.id}`,
          label: found.label,
          keywords: found.words,
          leftSection: <Icon name={icon} />,
          onClick: () => navigate({ to: found.to, search: found.search ?? {} }),
        })),
      })),
    {
      group: t.search.actions,
      actions: [
        ...(may('onboarding.read')
          ? [
              {
                id: 'start',
                label: t.search.start,
                leftSection: <Icon name="task" />,
                onClick: () => navigate({ to: '/app/start' }),
              },
            ]
          : []),
        {
          id: 'language',
          label: t.bar.language,
          leftSection: <Icon name="page" />,
          onClick: () => setLanguage(language === 'ja' ? 'en' : 'ja'),
        },
        { id: 'today', label: t.time.back, leftSection: <Icon name="clock" />, onClick: () => goTo({}) },
        { id: 'sign-out', label: t.bar.signOut, leftSection: <Icon name="user" />, onClick: () => signOut() },
      ],
    },
  ]
  return (
    <Spotlight
      store={store}
      shortcut={null}
      actions={actions}
      limit={24}
      query={query}
      onQueryChange={onQuery}
      onSpotlightClose={onClose}
      nothingFound={waiting ? t.loading : t.search.nothing}
      lockScroll={false}
      centered={false}
      yOffset="14vh"
      overlayProps={{ blur: 0 }}
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <Icon name="search" />,
        placeholder: t.search.placeholder,
        'aria-label': t.search.placeholder,
        'aria-busy': waiting,
        onFocus: onReady,
      }}
    />
  )
}
