export type Act = 'accept' | 'reject' | 'withdraw' | 'hold' | 'release' | 'retain' | 'dispose'

export const actPaths: Readonly<Record<Act, string>> = {
  accept: 'review',
  reject: 'review',
  withdraw: 'withdrawal',
  hold: 'hold',
  release: 'hold-release',
  retain: 'retention',
  dispose: 'disposal',
}

/** What is sent; the server knows the words by another name for each. */
export function actBody(act: Act, words: string, until: string | null = null): object {
  const text = words.trim()
  if (act === 'accept' || act === 'reject')
    return { verdict: act === 'accept' ? 'accepted' : 'rejected', note: text || null }
  if (act === 'retain') return { retainUntil: until, reason: text || null }
  return act === 'dispose' ? { basis: text } : { reason: text }
}
