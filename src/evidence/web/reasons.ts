import type { Day } from '../../kernel/day.ts'
import { isInvolved } from '../rules.ts'
import type { Ability, EvidenceAnswer } from './shapes.ts'

export type Refusal = {
  key: 'past' | 'role' | 'withdrawn' | 'disposed' | 'own' | 'held' | 'retentionOpen' | 'retained' | 'replaced'
  day: Day | null
}

type Reader = {
  personId: string | null
  past: boolean
  replaced: boolean
  may: (permission: string) => boolean
}

const permissionOf: Readonly<Record<Ability, string>> = {
  accept: 'review',
  reject: 'review',
  revise: 'revise',
  link: 'link',
  withdraw: 'withdraw',
  hold: 'hold',
  release: 'hold',
  retain: 'retain',
  dispose: 'dispose',
}

const refusal = (key: Refusal['key'], day: Day | null = null): Refusal => ({ key, day })

function disposalRefusal({ hold, retainUntil }: EvidenceAnswer): Refusal {
  if (hold) return refusal('held', hold.since)
  return retainUntil === null ? refusal('retentionOpen') : refusal('retained', retainUntil)
}

/** Why something cannot be done with an item now; null when it can. What the item itself says comes before the role. */
export function refusalOf(ability: Ability, one: EvidenceAnswer, reader: Reader): Refusal | null {
  if (reader.past) return refusal('past')
  if (ability === 'revise' && reader.replaced) return refusal('replaced')
  if (one.abilities.includes(ability)) return null
  if (one.disposed) return refusal('disposed', one.disposed.on)
  const keeping = ['hold', 'release', 'retain', 'dispose'].includes(ability)
  if (one.withdrawn && !keeping) return refusal('withdrawn', one.withdrawn.on)
  if (!reader.may(`evidence.${permissionOf[ability]}`)) return refusal('role')
  if (ability === 'accept' && reader.personId !== null && isInvolved(one, reader.personId))
    return refusal('own')
  if (ability === 'hold' && one.hold) return refusal('held', one.hold.since)
  if (ability === 'dispose') return disposalRefusal(one)
  return refusal('role')
}
