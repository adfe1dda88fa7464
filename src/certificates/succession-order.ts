/**
 * Things in the order given, but each after those that it follows, so that they can be made one by one. `follows`
 * names keys; unknown ones and circles, which the rules refuse, are passed over.
 */
export function predecessorsFirst<T extends { key: string }>(
  all: readonly T[],
  follows: (one: T) => readonly string[],
): T[] {
  const byKey = new Map(all.map((one) => [one.key, one]))
  const ordered = new Set<T>()
  const entered = new Set<T>()
  for (const first of all) {
    const open = [first]
    for (let one = open.at(-1); one !== undefined; one = open.at(-1)) {
      const before = entered.has(one) ? [] : follows(one).flatMap((key) => byKey.get(key) ?? [])
      entered.add(one)
      const missing = before.filter((other) => !entered.has(other))
      if (missing.length > 0) open.push(...missing.reverse())
      else {
        ordered.add(one)
        open.pop()
      }
    }
  }
  return [...ordered]
}
