/** A stretch of words that stood before, stands now, or both. */
export type Stretch = { kind: 'kept' | 'removed' | 'added'; text: string }

/** Above this many pairs of words whole texts are shown beside each other: the table would take too long and say too little. */
const mostPairs = 4_000_000

/**
 * Words as people compare them: runs of letters and digits, spaces, and every other sign by itself. Writing without
 * spaces is cut by character, because each of its characters carries meaning of its own.
 */
export const wordsOf = (text: string): string[] =>
  text.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}\p{M}_]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\p{L}\p{N}\p{M}_]|$)|\s+|[^\s]/gu,
  ) ?? []

/** Lengths of the longest common sequences of all ends of both lists. */
function commonEnds(before: readonly string[], after: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1))
  for (let i = before.length - 1; i >= 0; i--) {
    const [row, next] = [table[i], table[i + 1]]
    if (!row || !next) continue
    for (let j = after.length - 1; j >= 0; j--)
      row[j] = before[i] === after[j] ? (next[j + 1] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0)
  }
  return table
}

function joined(parts: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = []
  for (const part of parts) {
    const last = all.at(-1)
    if (last?.kind === part.kind) last.text += part.text
    else if (part.text !== '') all.push({ ...part })
  }
  return all
}

/** What was taken out of a text and what was put in, word by word, with as much kept as can be. */
export function wordDiff(before: string, after: string): Stretch[] {
  const [old, now] = [wordsOf(before), wordsOf(after)]
  if (old.length * now.length > mostPairs)
    return joined([
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ])
  const table = commonEnds(old, now)
  const parts: Stretch[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    const [one, other] = [old[i], now[j]]
    if (one !== undefined && one === other) {
      parts.push({ kind: 'kept', text: one })
      i++
      j++
    } else if (
      other === undefined ||
      (one !== undefined && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))
    ) {
      parts.push({ kind: 'removed', text: one ?? '' })
      i++
    } else {
      parts.push({ kind: 'added', text: other })
      j++
    }
  }
  return joined(parts)
}
