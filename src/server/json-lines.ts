import { PassThrough } from 'node:stream'

/** An answer of one JSON value per line, each sent as soon as it is known. */
export type JsonLines = {
  stream: PassThrough
  /** Waits for a slow reader; does nothing once the reader is gone. */
  send(value: unknown): Promise<void>
  end(): void
}

export const jsonLinesType = 'application/x-ndjson'

export function jsonLines(): JsonLines {
  const stream = new PassThrough()
  // A reader that goes away is no fault of ours; who writes is told by the request.
  stream.on('error', () => undefined)
  return {
    stream,
    async send(value) {
      if (stream.destroyed || stream.write(`${JSON.stringify(value)}\n`)) return
      await new Promise<void>((resolve) => {
        const done = () => {
          stream.off('drain', done)
          stream.off('close', done)
          resolve()
        }
        stream.once('drain', done)
        stream.once('close', done)
      })
    },
    end: () => void stream.end(),
  }
}
