import { diskObjects } from '../../src/adapters/disk.ts'
import { Problem } from '../../src/kernel/error.ts'

// Run under a limit on the size of files: stores one object that fits and one that does not, and says what happened.
async function* zeros(size: number): AsyncIterable<Uint8Array> {
  for (let sent = 0; sent < size; sent += 16_384) yield Buffer.alloc(Math.min(16_384, size - sent))
}

const store = diskObjects(process.argv[2] ?? '')
const small = await store.put(zeros(20_000), 10_000_000)
const large = await store.put(zeros(2_000_000), 10_000_000).then(
  () => 'stored',
  (error: unknown) => (error instanceof Problem ? `${error.kind} ${error.code}` : String(error)),
)
const again = await store.put(zeros(30_000), 10_000_000)
console.log(JSON.stringify({ small: small.size, large, again: again.size }))
