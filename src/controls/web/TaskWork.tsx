import { useEffect, useEffectEvent } from 'react'
import { EvidenceSlot } from '../../evidence/web/EvidenceSlot.tsx'
import { useGivingLink } from '../../evidence/web/giving.ts'
import { PerformForm } from './PerformForm.tsx'
import type { OccurrenceAnswer } from './shapes.ts'

type TaskWorkProps = {
  one: OccurrenceAnswer
  /** Whether this reader may record an attempt now. */
  perform: boolean
  note?: string
  onDone?: () => void
  /** How many files were dropped that are no evidence yet: closing this would leave them behind. */
  onPending: (count: number) => void
}

/** What a task asks for, in the order in which it is done: first what shows it, then the record, which keeps both. */
export function TaskWork({ one, perform, note = '', onDone, onPending }: TaskWorkProps) {
  const link = useGivingLink()
  const { count } = link.pending
  const tell = useEffectEvent(onPending)
  useEffect(() => tell(count), [count])
  useEffect(() => () => tell(0), [])
  return (
    <>
      {one.state === 'planned' ? null : <EvidenceSlot one={one} {...(perform ? { link } : {})} />}
      {perform ? (
        <PerformForm
          key={`${one.version} ${note}`}
          one={one}
          note={note}
          link={link}
          {...(onDone ? { onDone } : {})}
        />
      ) : null}
    </>
  )
}
