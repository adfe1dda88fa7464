/** So many bytes are handed over at once: every hand-over to a disk or thread costs the same, however little it is. */
export const blockSize = 1024 * 1024

// Of one stream: enough that who fills, who writes and who looks do not wait for each other.
const mostAhead = 6
const mostIdle = 2 * mostAhead

/** Bytes of a stream in memory that is used again after `release`. Threads may read it: it is shared. */
export type Block = { bytes: Uint8Array; release(): void }

export type Blocks = AsyncIterable<Block> & {
  /** Nothing more is read. Needed where not all blocks were taken. */
  close(): void
}

const idle: Uint8Array[] = []

const taken = (): Uint8Array => idle.pop() ?? new Uint8Array(new SharedArrayBuffer(blockSize))

function givenBack(memory: Uint8Array): void {
  // What somebody sent does not stay longer than it is needed.
  memory.fill(0)
  if (idle.length < mostIdle) idle.push(memory)
}

/**
 * Gives memory back at once that nobody else has: the collector would notice it after tens of megabytes only. What
 * shares its memory with others is left alone.
 */
function freed({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}

/** Blocks of memory for one stream, `mostAhead` of them at a time. */
function lending() {
  const free: Uint8Array[] = []
  let lent = 0
  let closed = false
  let room: PromiseWithResolvers<void> | null = null

  return {
    /** Memory as soon as there is some; null after the close. */
    async take(): Promise<Uint8Array | null> {
      while (!closed && lent >= mostAhead) {
        room ??= Promise.withResolvers<void>()
        await room.promise
      }
      if (closed) return null
      lent += 1
      return free.pop() ?? taken()
    },
    back(memory: Uint8Array): void {
      lent -= 1
      if (closed) givenBack(memory)
      else free.push(memory)
      room?.resolve()
      room = null
    },
    close(): void {
      if (closed) return
      closed = true
      for (const memory of free.splice(0)) givenBack(memory)
      room?.resolve()
    },
  }
}

/** What is full and waits for its reader, and how the stream ended. */
function line() {
  const full: Block[] = []
  let ending: { error?: unknown } | null = null
  let told: PromiseWithResolvers<void> | null = null
  const tell = () => {
    told?.resolve()
    told = null
  }
  return {
    add(block: Block): void {
      full.push(block)
      tell()
    },
    end(how: { error?: unknown }): void {
      ending ??= how
      tell()
    },
    async next(): Promise<IteratorResult<Block, undefined>> {
      for (;;) {
        const value = full.shift()
        if (value) return { done: false, value }
        if (ending && 'error' in ending) throw ending.error
        if (ending) return { done: true, value: undefined }
        told ??= Promise.withResolvers<void>()
        await told.promise
      }
    },
    close(): void {
      for (const block of full.splice(0)) block.release()
      ending = {}
      tell()
    },
  }
}

/**
 * Fills blocks with the parts of a stream while earlier ones are worked on. Each has to be released once. When the
 * stream breaks off, what came before is given first. `given` says that the parts are nobody else's: their memory is
 * given back at once.
 */
export function blocksOf(parts: AsyncIterable<Uint8Array>, { given = false } = {}): Blocks {
  const memory = lending()
  const filled = line()
  let block: Uint8Array | null = null
  let length = 0
  let closed = false

  function handOver(): void {
    if (block === null) return
    const mine = block
    block = null
    filled.add({ bytes: mine.subarray(0, length), release: () => memory.back(mine) })
    length = 0
  }

  async function copy(part: Uint8Array): Promise<void> {
    for (let at = 0; at < part.length; ) {
      block ??= await memory.take()
      if (block === null) return
      const size = Math.min(block.length - length, part.length - at)
      block.set(part.subarray(at, at + size), length)
      length += size
      at += size
      if (length === block.length) handOver()
    }
    if (given) freed(part)
  }

  async function fill(): Promise<void> {
    // By hand: a `for await` that is left would destroy a connection on which an answer is still to be sent.
    const source = parts[Symbol.asyncIterator]()
    try {
      for (let next = await source.next(); !closed && !next.done; next = await source.next())
        await copy(next.value)
      handOver()
      filled.end({})
    } catch (error) {
      handOver()
      filled.end({ error })
    }
    if (closed) finish()
  }

  function finish(): void {
    handOver()
    filled.close()
    memory.close()
  }

  void fill()
  return {
    [Symbol.asyncIterator]: () => ({ next: () => filled.next() }),
    close() {
      closed = true
      finish()
    },
  }
}
