import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useWords } from '../i18n/catalogue.ts'
import { shellMessages } from '../i18n/messages.ts'
import css from './frame.module.css'

const Commands = lazy(() => import('./Commands.tsx'))

/**
 * Search and commands, from the first keystroke on: what is typed while the palette is still on its way goes into a
 * field that is there at once, and stays there until the palette's own field has the focus.
 */
export function CommandSearch({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('')
  const [ready, setReady] = useState(false)
  return (
    <>
      {ready ? null : <EarlyField value={query} onChange={setQuery} onClose={onClose} />}
      <Suspense fallback={null}>
        <Commands query={query} onQuery={setQuery} onReady={() => setReady(true)} onClose={onClose} />
      </Suspense>
    </>
  )
}

type EarlyFieldProps = { value: string; onChange: (value: string) => void; onClose: () => void }

function EarlyField({ value, onChange, onClose }: EarlyFieldProps) {
  const t = useWords(shellMessages)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <div className={css.early} role="dialog" aria-label={t.bar.search} aria-busy="true">
      <input
        ref={field}
        type="text"
        value={value}
        placeholder={t.search.placeholder}
        aria-label={t.search.placeholder}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) onClose()
        }}
      />
    </div>
  )
}
