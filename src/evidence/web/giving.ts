import { type RefObject, useRef, useState } from 'react'

/** What was dropped and is no evidence yet: on its way, not taken, or ready to be given. */
export type Pending = { state: 'none' | 'busy' | 'stuck' | 'ready'; count: number }

export const nothingPending: Pending = { state: 'none', count: 0 }

/** Between the place where files are dropped and the form that records what they show. */
export type GivingLink = {
  pending: Pending
  onPending: (pending: Pending) => void
  /** Makes evidence of what is ready; where nothing is, it does nothing. */
  give: RefObject<() => Promise<void>>
}

export function useGivingLink(): GivingLink {
  const [pending, onPending] = useState(nothingPending)
  const give = useRef(() => Promise.resolve())
  return { pending, onPending, give }
}
