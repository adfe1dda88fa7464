import { argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { Problem } from '../kernel/error.ts'

const derive = promisify(argon2)

// OWASP's second recommended setting for argon2id: 46 MiB, one pass, one lane (RFC 9106 section 3.1).
const cost = { memory: 47_104, passes: 1, parallelism: 1, tagLength: 32 }

export const shortestPassword = 12
export const longestPassword = 1024

/** Different ways of typing the same letters are the same password (RFC 8265 OpaqueString: NFC). */
const bytesOf = (password: string) => Buffer.from(password.normalize('NFC').slice(0, longestPassword), 'utf8')

// Hashing is slow by design. A flood of sign-ins must not take every thread and all memory.
const atOnce = 2
const waitingMost = 200

/** Lets `atOnce` hashes run and `waitingMost` wait; refuses the rest at once. */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= waitingMost) throw new Problem('limited', 'request.too_many', { seconds: 5 })
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
    running++
    try {
      return await work()
    } finally {
      running--
      waiting.shift()?.()
    }
  }
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

const stored = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

export type PasswordHasher = {
  /** The stored form of a password: argon2id in the PHC string format. */
  hash(password: string): Promise<string>
  /** Compares a password with its stored form in constant time; false for any other form. */
  verify(hash: string, password: string): Promise<boolean>
}

export function passwordHasher(): PasswordHasher {
  const inTurn = turns()
  const digestWith = (password: string, nonce: Buffer, parameters: typeof cost): Promise<Buffer> =>
    inTurn(() => derive('argon2id', { message: bytesOf(password), nonce, ...parameters }))
  return {
    async hash(password) {
      const salt = randomBytes(16)
      const digest = await digestWith(password, salt, cost)
      return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(salt)}$${base64(digest)}`
    },
    async verify(hash, password) {
      const match = stored.exec(hash)
      if (!match) return false
      const [, memory, passes, parallelism, salt = '', digest = ''] = match
      const expected = Buffer.from(digest, 'base64')
      const parameters = {
        memory: Number(memory),
        passes: Number(passes),
        parallelism: Number(parallelism),
        tagLength: expected.length,
      }
      return timingSafeEqual(await digestWith(password, Buffer.from(salt, 'base64'), parameters), expected)
    },
  }
}

/** Refuses what is too short, too long, or in the optional list of stolen passwords (SHA-1 per line, as such lists come). */
export function passwordRule(listPath: string | null): (password: string) => void {
  const list = listPath
    ? new Set(
        readFileSync(listPath, 'utf8')
          .split(/\r?\n/)
          .map((line) => line.split(':')[0]?.trim().toUpperCase()),
      )
    : null
  return (password) => {
    if (password.length < shortestPassword)
      throw new Problem('invalid', 'access.password_short', { minimum: shortestPassword })
    if (password.length > longestPassword)
      throw new Problem('invalid', 'input.too_large', { limit: longestPassword })
    const digest = createHash('sha1').update(bytesOf(password)).digest('hex').toUpperCase()
    if (list?.has(digest)) throw new Problem('invalid', 'access.password_breached')
  }
}
