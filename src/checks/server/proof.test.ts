import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyShownBy, prove, type Request, readProof, writeProof } from './proof.ts'

const key = `assay_${'k'.repeat(43)}`
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')
const request: Request = {
  method: 'POST',
  path: '/api/collections',
  time: '2023-07-31T03:00:00.000Z',
  nonce: 'n'.repeat(24),
  body: Buffer.from('{}'),
}

describe('a proof', () => {
  it('is the one of docs/spec/collector.md', () => {
    expect(prove(key, request)).toBe('BPF8VOA_9JKWqbPD7K0w8IIPgwyHjmf4xJKsrgAjTZ8n2MXTUaVDgP4hV7-1kHmbJw')
  })

  it('shows the key to whoever has its digest, and to nobody else', () => {
    const proof = prove(key, request)
    expect(keyShownBy(proof, digestOf(key), request)).toBe(key)
    expect(keyShownBy(proof, digestOf('assay_other'), request)).toBeNull()
    expect(Buffer.from(proof, 'base64url').toString('latin1')).not.toContain('assay_')
  })

  it.each<[string, Partial<Request>]>([
    ['method', { method: 'PUT' }],
    ['path', { path: '/api/collections?x' }],
    ['time', { time: '2023-07-31T03:00:00.001Z' }],
    ['nonce', { nonce: 'm'.repeat(24) }],
    ['body', { body: Buffer.from('{} ') }],
  ])('holds for no other %s', (_, changed) => {
    expect(keyShownBy(prove(key, request), digestOf(key), { ...request, ...changed })).toBeNull()
  })

  it('cannot be made from the digest: a copy of the database signs nothing', () => {
    const digest = digestOf(key)
    for (const guess of [digest, Buffer.from(digest, 'hex').toString('latin1')])
      expect(keyShownBy(prove(guess.slice(0, 64), request), digest, request)).toBeNull()
  })

  it('is refused, not stumbled over, when it is anything else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(keyShownBy(text, digestOf(key), request)).toBeNull()
        expect(readProof(text)).toBeNull()
      }),
      { seed: 7 },
    )
    expect(() => prove('k'.repeat(65), request)).toThrow(RangeError)
  })

  it('is read from its header as it was written', () => {
    const { time, nonce } = request
    const shown = { prefix: key.slice(0, 12), time, nonce, proof: prove(key, request) }
    expect(readProof(writeProof(shown))).toEqual(shown)
    expect(readProof(`${writeProof(shown)} `)).toBeNull()
    expect(readProof(writeProof({ ...shown, nonce: 'short' }))).toBeNull()
  })
})
