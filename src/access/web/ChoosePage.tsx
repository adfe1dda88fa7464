import { Button } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useSignOut } from '../../web/frame/AccountMenu.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { accessMessages } from './messages.ts'
import { safeNext } from './next.ts'
import { OrganisationChoice } from './OrganisationChoice.tsx'
import { Outside } from './Outside.tsx'

/** After signing in to an account that belongs to several organisations: which one this session works in. */
export function ChoosePage() {
  const t = useWords(accessMessages)
  const navigate = useNavigate()
  const signOut = useSignOut()
  const { next }: { next?: string } = useSearch({ strict: false })
  return (
    <Outside title={t.choose}>
      <p className="quiet">{t.chooseText}</p>
      <OrganisationChoice onDone={() => navigate({ href: safeNext(next), replace: true })} />
      <Button variant="subtle" color="gray" onClick={signOut}>
        {t.signOut}
      </Button>
    </Outside>
  )
}
