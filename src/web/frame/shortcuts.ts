import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useNavEntries } from './NavLinks.tsx'

/** True where a letter is text, not a command. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[role=dialog],[role=menu],[role=listbox]') !== null)

const together = 1200

type Commands = { onSearch: () => void; onHelp: () => void }

/** Keys that work on every page: Ctrl/Cmd+K, ?, and g followed by the letter of a page. */
export function useShortcuts({ onSearch, onHelp }: Commands): void {
  const navigate = useNavigate()
  const entries = useNavEntries()
  const latest = useRef({ entries, onSearch, onHelp })
  latest.current = { entries, onSearch, onHelp }
  useEffect(() => {
    let pressedG = 0
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        latest.current.onSearch()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === '?') latest.current.onHelp()
      if (event.key === 'g') {
        pressedG = event.timeStamp
        return
      }
      const entry = latest.current.entries.find(({ key }) => key === event.key)
      if (entry && pressedG > 0 && event.timeStamp - pressedG < together) {
        event.preventDefault()
        navigate({ to: entry.to })
      }
      pressedG = 0
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [navigate])
}
