import { createHash } from 'node:crypto'
import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Evidence } from '../evidence/evidence.ts'
import type { EvidenceFile, FileFacts } from '../evidence/file.ts'
import { addEvidence, sendEvidence } from '../evidence/server/commands.ts'
import { keepFile } from '../evidence/server/files.ts'
import { type FieldProblem, Problem } from '../kernel/error.ts'
import { takeIn } from './evidence-intake.ts'
import { execute } from './execute.ts'
import type { IdempotencyKey } from './idempotency.ts'
import { parseInput } from './input.ts'
import type { Caller, Runtime } from './runtime.ts'

type Item = z.output<typeof addEvidence.input>

/** A stored file that no record names yet, and its bytes, should the object go before one does. */
type Held = { facts: FileFacts; bytes: readonly Uint8Array[] }

/** What a form has brought so far: `items` wait, `held` go into the item that came with them. */
export type Sent = {
  item: Item | null
  items: EvidenceFile[]
  held: Held[]
  refused: FieldProblem[]
  withCards: number
}

// Files are held in memory up to so many bytes; others wait like any file, and are taken over from there.
const mostOfFile = 512 * 1024
const mostTogether = 8 * 1024 * 1024

const sizeOf = (held: readonly Held[]): number => held.reduce((sum, { facts }) => sum + facts.size, 0)

/** Remembers what passes, as long as it is little. */
async function* remembered(
  bytes: AsyncIterable<Uint8Array>,
  into: Uint8Array[],
  most: number,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const part of bytes) {
    size += part.length
    if (size <= most) into.push(part)
    else into.length = 0
    yield part
  }
}

/** The field `evidence`: the item as in `POST /api/evidence`, refused before any file is read when it is wrong. */
export function readItem({ value, valueTruncated }: MultipartValue, limit: number): Item {
  if (valueTruncated || typeof value !== 'string') throw new Problem('invalid', 'input.too_large', { limit })
  let json: unknown
  try {
    json = JSON.parse(value)
  } catch {
    throw new Problem('invalid', 'input.not_json')
  }
  return parseInput(addEvidence.input, json) as Item
}

/** Stores one file of a form. */
export async function takeFile(
  runtime: Runtime,
  caller: Caller,
  sent: Sent,
  file: { name: string; part: MultipartFile; pointer: string; limit: number },
): Promise<void> {
  const { name, part, pointer, limit } = file
  const bytes: Uint8Array[] = []
  const most = sent.item === null ? 0 : Math.min(mostOfFile, mostTogether - sizeOf(sent.held))
  const facts = await takeIn(
    runtime.objects,
    { name, type: part.mimetype ?? '', bytes: remembered(part.file, bytes, most) },
    limit,
    pointer,
  )
  if (facts.size <= most) sent.held.push({ facts, bytes })
  else sent.items.push(await execute(runtime, caller, keepFile, facts))
}

/** Lets the files that were to go into an item wait instead: they need not be sent again. */
export async function keepHeld(runtime: Runtime, caller: Caller, sent: Sent): Promise<void> {
  for (const { facts } of sent.held.splice(0))
    sent.items.push(await execute(runtime, caller, keepFile, facts))
}

function idempotencyOf(request: FastifyRequest, item: Item, sent: Sent): IdempotencyKey | undefined {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key === '') return undefined
  if (key.length > 255) throw new Problem('invalid', 'input.too_large', { limit: 255 })
  const files = [...sent.held.map(({ facts }) => facts), ...sent.items].map(({ name, digest }) => [
    name,
    digest,
  ])
  const text = JSON.stringify([request.method, request.url, item, files])
  return { key, requestDigest: createHash('sha256').update(text).digest('hex') }
}

async function* only(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts
}

/** Records the item of a form with all of its files. */
export async function record(
  runtime: Runtime,
  caller: Caller,
  request: FastifyRequest,
  sent: Sent & { item: Item },
): Promise<Evidence> {
  const { item, items, held } = sent
  const one = await execute(
    runtime,
    caller,
    sendEvidence,
    {
      ...item,
      files: [...item.files, ...items.map(({ id }) => id)],
      sent: held.map(({ facts }) => facts),
    },
    idempotencyOf(request, item, sent),
  )
  // Whoever gave up equal bytes before the commit saw no record that needs them.
  for (const { facts, bytes } of held)
    if (!(await runtime.objects.has(facts.digest))) await runtime.objects.put(only(bytes), facts.size)
  return one
}
