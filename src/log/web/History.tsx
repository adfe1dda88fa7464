import { lazy, Suspense } from 'react'
import { useWords } from '../../web/i18n/catalogue.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { Bones } from '../../web/ui/Empty.tsx'

// What every kind of entry is called is most of it, and few visits to a record look at its history.
const RecordHistory = lazy(() =>
  import('./RecordHistory.tsx').then((module) => ({ default: module.RecordHistory })),
)

/** The history of a record, which comes when somebody looks at it. */
export function History(props: { noun: string; id: string }) {
  const t = useWords(shellMessages)
  return (
    <Suspense fallback={<Bones label={t.loading} />}>
      <RecordHistory {...props} />
    </Suspense>
  )
}
