import type { Verdict } from '../card-number/finding.ts'
import { inspectStream } from './card-number/inspect.ts'
import { channel } from './channel.ts'
import { type SniffedType, sniffer } from './sniff.ts'

/** What is found out about a file while its bytes pass by. */
export type Look = {
  /**
   * Resolves when the part is not needed any more; until then its bytes must stay as they are. Parts may be pushed before
   * earlier ones were looked at.
   */
  push(part: Uint8Array): Promise<void>
  end(): Promise<{ content: SniffedType; verdict: Verdict }>
  /** Ends without an answer: the bytes will not come to their end. */
  abandon(): void
}

/** Counts only the time in which the inspection works: a slow sender must not make a file look uninspectable. */
function workClock() {
  let spent = 0
  let since: number | null = null
  return {
    turn(working: boolean): void {
      if (since !== null) spent += performance.now() - since
      since = working ? performance.now() : null
    },
    now: () => spent + (since === null ? 0 : performance.now() - since),
  }
}

/**
 * Looks at a file in parts, in whatever pieces and with whatever pauses they come: what type it is by its content, and
 * whether it holds card numbers. Needs the memory of a few blocks.
 */
export function lookAt(name: string, declaredType: string): Look {
  const type = sniffer()
  const clock = workClock()
  const parts = channel(clock.turn)
  const verdict = inspectStream(name, declaredType, parts, { now: clock.now, reused: true })
  // Its failure is told to whoever pushes or ends next; nobody may be listening in this moment.
  verdict.catch(() => undefined)
  let last: Promise<unknown> = Promise.resolve()
  let ended = false

  async function lookInto(part: Uint8Array): Promise<void> {
    type.push(part)
    // An inspection that ended asks for nothing more: without the race the sender would wait for ever.
    await Promise.race([parts.push(part), verdict])
  }

  return {
    push(part) {
      const looked = last.then(() => lookInto(part))
      last = looked.catch(() => undefined)
      return looked
    },
    async end() {
      await last
      ended = true
      parts.end()
      return { content: type.end(), verdict: await verdict }
    },
    abandon() {
      if (!ended) parts.fail(new Error('the bytes broke off'))
    },
  }
}
