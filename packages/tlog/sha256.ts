import { nodeCrypto } from './platform.ts'

/** Length of a SHA-256 digest in bytes (FIPS 180-4). */
export const HASH_BYTES = 32

const BLOCK = 64

/** First 32 bits of the fractional part of a positive real number: FIPS 180-4 derives its constants so. */
const fraction = (value: number): number => ((value - Math.floor(value)) * 0x1_0000_0000) | 0

function primes(count: number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n)
  return found
}

// Derived rather than typed in: a doubled mantissa has 53 bits, enough for 32 exact ones of these roots,
// and the tests compare the result with published digests.
const K = Int32Array.from(primes(64), (p) => fraction(Math.cbrt(p)))
const H0 = Int32Array.from(primes(8), (p) => fraction(Math.sqrt(p)))

// One synchronous computation at a time, so the schedule and the padding block can be shared: hashing
// small inputs then allocates nothing but its result.
const schedule = new Int32Array(64)
const state = new Int32Array(8)
const tail = new Uint8Array(2 * BLOCK)

function expand(data: Uint8Array, offset: number): void {
  const w = schedule
  for (let i = 0, p = offset; i < 16; i++, p += 4) {
    w[i] =
      ((data[p] as number) << 24) |
      ((data[p + 1] as number) << 16) |
      ((data[p + 2] as number) << 8) |
      (data[p + 3] as number)
  }
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15] as number
    const b = w[i - 2] as number
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3)
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10)
    w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) | 0
  }
}

function compress(data: Uint8Array, offset: number): void {
  expand(data, offset)
  let a = state[0] as number
  let b = state[1] as number
  let c = state[2] as number
  let d = state[3] as number
  let e = state[4] as number
  let f = state[5] as number
  let g = state[6] as number
  let h = state[7] as number
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K[i] as number) + (schedule[i] as number)) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0] = (state[0] as number) + a
  state[1] = (state[1] as number) + b
  state[2] = (state[2] as number) + c
  state[3] = (state[3] as number) + d
  state[4] = (state[4] as number) + e
  state[5] = (state[5] as number) + f
  state[6] = (state[6] as number) + g
  state[7] = (state[7] as number) + h
}

/** SHA-256 of `data` in plain TypeScript (FIPS 180-4), the same result on every platform. */
export function sha256Portable(data: Uint8Array): Uint8Array {
  state.set(H0)
  const whole = data.length - (data.length % BLOCK)
  for (let at = 0; at < whole; at += BLOCK) compress(data, at)
  const rest = data.length - whole
  const padded = rest < BLOCK - 8 ? BLOCK : 2 * BLOCK
  tail.fill(0)
  for (let i = 0; i < rest; i++) tail[i] = data[whole + i] as number
  tail[rest] = 0x80
  // Message length in bits, 64-bit big-endian; a typed array is far below 2^53 bits.
  const bits = data.length * 8
  const high = Math.floor(bits / 0x1_0000_0000)
  for (let i = 0; i < 4; i++) {
    tail[padded - 1 - i] = bits >>> (8 * i)
    tail[padded - 5 - i] = high >>> (8 * i)
  }
  for (let at = 0; at < padded; at += BLOCK) compress(tail, at)
  const digest = new Uint8Array(HASH_BYTES)
  for (let i = 0; i < HASH_BYTES; i++) digest[i] = (state[i >> 2] as number) >>> (24 - 8 * (i & 3))
  return digest
}

// One digest as a latin1 string costs a quarter of one as a Buffer in Node, conversion included.
function nativeSha256(native: NonNullable<typeof nodeCrypto>): (data: Uint8Array) => Uint8Array {
  const { hash } = native
  return (data) => {
    const text = hash('sha256', data, 'latin1')
    const digest = new Uint8Array(HASH_BYTES)
    for (let i = 0; i < HASH_BYTES; i++) digest[i] = text.charCodeAt(i)
    return digest
  }
}

/** SHA-256 of `data`, 32 bytes, synchronously: native in Node, portable code in a browser (FIPS 180-4). */
export const sha256: (data: Uint8Array) => Uint8Array = nodeCrypto ? nativeSha256(nodeCrypto) : sha256Portable
