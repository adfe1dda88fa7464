/** Bytes handed over one part at a time: `push` waits until the reader asks for more, so that nothing piles up. */
export type Channel = AsyncIterable<Uint8Array> & {
  push(part: Uint8Array): Promise<void>
  end(): void
  fail(error: unknown): void
}

type Next = IteratorResult<Uint8Array, undefined>

/**
 * Turns parts that are given into parts that are asked for, between one writer and one reader. `onTurn` is told when the
 * reader begins to work on a part, and when it asks for the next.
 */
export function channel(onTurn: (working: boolean) => void = () => undefined): Channel {
  let waiting: PromiseWithResolvers<Next> | null = null
  let taken: PromiseWithResolvers<void> | null = null
  let offered: Uint8Array | null = null
  let ending: { error?: unknown } | null = null

  function settle(): void {
    if (waiting === null) return
    if (offered !== null) {
      const value = offered
      offered = null
      onTurn(true)
      waiting.resolve({ done: false, value })
    } else if (ending !== null) {
      onTurn(true)
      if ('error' in ending) waiting.reject(ending.error)
      else waiting.resolve({ done: true, value: undefined })
    } else return
    waiting = null
  }

  return {
    async push(part) {
      taken = Promise.withResolvers<void>()
      offered = part
      settle()
      await taken.promise
    },
    end() {
      ending ??= {}
      settle()
    },
    fail(error) {
      ending ??= { error }
      settle()
    },
    [Symbol.asyncIterator]: () => ({
      next() {
        onTurn(false)
        if (offered === null) taken?.resolve()
        waiting = Promise.withResolvers<Next>()
        const { promise } = waiting
        settle()
        return promise
      },
    }),
  }
}
