import { randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure } from '../own.ts'
import type { Row, TableStream } from '../table.ts'

// Bytes kept before they are written: a write per row would be a system call per row.
const portion = 256 * 1024

/** Rows laid aside on disk, to be written out once all of them are known. */
export type Spool = {
  add(row: Row): Promise<void>
  /** The rows in their order, once. */
  table(): Promise<TableStream>
  discard(): Promise<void>
}

/**
 * Lays rows aside in a nameless file, so that a table of any length needs no memory, its header can say how wide its
 * rows are, and no transaction waits for a slow reader. The file loses its name as soon as it is open: what a killed
 * process leaves behind, the system frees.
 */
export async function spool(header: readonly string[]): Promise<Spool> {
  const path = join(tmpdir(), `assay-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  await rm(path, { force: true })
  const measured = measure(header.length)
  let waiting = ''
  const write = async () => {
    const text = waiting
    waiting = ''
    await file.appendFile(text)
  }
  async function* rows(): AsyncGenerator<Row> {
    const input = file.createReadStream({ start: 0, autoClose: false, encoding: 'utf8' })
    let rest = ''
    // Cut at line feeds alone: JSON leaves other signs that end a line (U+2028) as they are.
    for await (const part of input as AsyncIterable<string>) {
      const lines = (rest + part).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) yield JSON.parse(line) as Row
    }
  }
  return {
    async add(row) {
      measured.add(row)
      waiting += `${JSON.stringify(row)}\n`
      if (waiting.length >= portion) await write()
    },
    async table() {
      await write()
      return { header, widths: measured.widths(), rows: rows() }
    },
    discard: () => file.close(),
  }
}
