import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Collection } from '../checks/collection.ts'
import { prove, shownCharacters, writeProof } from '../checks/server/proof.ts'

export type Delivery =
  | {
      is: 'delivered'
      evidenceId: string
      /** Absent in the answer of a server from before collections could name them. */
      implementationIds?: string[]
      occurrenceIds?: string[]
      runs: { pass: number; fail: number; error: number; problem: string | null }[]
      unresolved: string[]
    }
  | { is: 'refused'; status: number; detail: string }
  | { is: 'unreachable'; detail: string }

/** An implementation by its id, or a control and the place where it is carried out. */
export type Served = string | { control: string; entity: string; service: string | null }

export type Parcel = {
  server: string
  key: string
  bearer: boolean
  entityId: string | null
  /** What it is evidence for. */
  serves: readonly Served[]
  raw: { name: string; bytes: Buffer }
  collection: Collection
  language: string
}

const path = '/api/collections'

function headersOf(parcel: Parcel, body: Buffer, now: Date): Record<string, string> {
  const { key, bearer, language } = parcel
  const common = {
    'content-type': 'application/json',
    'accept-language': language,
    // The same body sent again, because the answer was lost, is recorded once.
    'idempotency-key': createHash('sha256').update(body).digest('hex'),
  }
  if (bearer) return { ...common, authorization: `Bearer ${key}` }
  const time = now.toISOString()
  const nonce = randomBytes(18).toString('base64url')
  const proof = prove(key, { method: 'POST', path, time, nonce, body })
  return {
    ...common,
    authorization: writeProof({ prefix: key.slice(0, shownCharacters), time, nonce, proof }),
  }
}

/** The refusal in the server's words, with what is wrong with each field. */
function wordsOf(answer: unknown, status: number): string {
  if (typeof answer !== 'object' || answer === null) return `HTTP ${status}`
  const { title, detail, errors } = answer as { title?: unknown; detail?: unknown; errors?: unknown }
  const fields = Array.isArray(errors) ? errors : []
  const said = [detail ?? title, ...fields.map((one) => Object(one).detail ?? Object(one).message)]
  return said.filter((text) => typeof text === 'string').join(' ') || `HTTP ${status}`
}

async function attempt(fetch: typeof globalThis.fetch, parcel: Parcel, body: Buffer): Promise<Delivery> {
  const url = new URL(path, parcel.server)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: headersOf(parcel, body, new Date()),
      body: new Uint8Array(body),
      // A redirect would carry the report, and a key that is sent, somewhere else.
      redirect: 'error',
      signal: AbortSignal.timeout(120_000),
    })
    const answer: unknown = await response.json().catch(() => null)
    if (response.status === 201 || response.status === 200)
      return { is: 'delivered', ...(answer as object) } as Delivery
    const detail = wordsOf(answer, response.status)
    const isPassing = [429, 502, 503, 504].includes(response.status)
    return isPassing ? { is: 'unreachable', detail } : { is: 'refused', status: response.status, detail }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
    return { is: 'unreachable', detail: `${error instanceof Error ? error.message : String(error)}${cause}` }
  }
}

/** Delivers a collection, trying again while the server cannot be reached; waits are in milliseconds. */
export async function push(
  fetch: typeof globalThis.fetch,
  parcel: Parcel,
  waits: readonly number[] = [1000, 5000],
): Promise<Delivery> {
  const { entityId, serves, raw, collection } = parcel
  const body = Buffer.from(
    JSON.stringify({
      entityId,
      for: serves,
      raw: { name: raw.name, base64: raw.bytes.toString('base64') },
      collection,
    }),
  )
  let delivery = await attempt(fetch, parcel, body)
  for (const wait of waits) {
    if (delivery.is !== 'unreachable') break
    await pause(wait)
    delivery = await attempt(fetch, parcel, body)
  }
  return delivery
}
