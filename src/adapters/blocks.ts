/**
 * Joins parts to blocks of about `size` bytes: every hand-over to a disk or thread costs the same, however little is
 * handed over. When the bytes break off, what came before is given first.
 */
export async function* inBlocks(
  bytes: AsyncIterable<Uint8Array>,
  size = 1024 * 1024,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let length = 0
  const taken = (): Uint8Array => {
    const [only] = held
    const block = held.length === 1 && only ? only : Buffer.concat(held, length)
    held = []
    length = 0
    return block
  }
  let broken: { error: unknown } | null = null
  try {
    for await (const part of bytes) {
      held.push(part)
      length += part.length
      if (length >= size) yield taken()
    }
  } catch (error) {
    broken = { error }
  }
  if (length > 0) yield taken()
  if (broken) throw broken.error
}
