import { Link } from '@tanstack/react-router'
import { useWords } from '../i18n/catalogue.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Failure } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'

export function Missing() {
  const t = useWords(shellMessages)
  return (
    <main>
      <Page title={t.failure.missing}>
        <Link to="/app">{t.failure.home}</Link>
      </Page>
    </main>
  )
}

export function Failed({ error }: { error: unknown }) {
  const t = useWords(shellMessages)
  return (
    <Page title={t.failure.broken}>
      <Failure error={error} />
    </Page>
  )
}
