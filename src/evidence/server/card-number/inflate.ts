import { Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Bytes, NotInspectable, type Run } from './run.ts'

/** Stops what grows beyond reason: `input` and `output` are bytes so far. */
export function refuseGrowth(run: Run, input: number, output: number): void {
  if (output > run.limits.slack && output > input * run.limits.ratio)
    throw new NotInspectable('compressed beyond reason')
}

/** What comes out of a decompressor, as it is asked for. */
export async function* inflated(run: Run, bytes: Bytes, transform: Transform): AsyncGenerator<Uint8Array> {
  let input = 0
  let output = 0
  async function* counted() {
    for await (const part of bytes) {
      input += part.length
      yield part
    }
  }
  // What goes wrong here is thrown to the reader below as well.
  const feeding = pipeline(Readable.from(counted(), { objectMode: false }), transform).catch(() => undefined)
  try {
    for await (const part of transform) {
      output += part.length
      refuseGrowth(run, input, output)
      yield part
    }
  } finally {
    transform.destroy()
    await feeding
  }
}
