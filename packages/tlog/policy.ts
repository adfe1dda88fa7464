import { decodeUtf8, encodeBase64, parseDecimal } from './bytes.ts'
import { malformed } from './error.ts'
import { parseVerifierKey, SIGNATURE_COSIGNATURE, SIGNATURE_ED25519, type VerifierKey } from './note-key.ts'

export type PolicyLog = { readonly key: VerifierKey; readonly url?: string }
export type PolicyWitness = PolicyLog & { readonly name: string }

/** Counts as cosigned when at least `threshold` of `members` (witnesses or groups) do. */
export type PolicyGroup = {
  readonly name: string
  readonly threshold: number
  readonly members: readonly string[]
}

/** Whom a verifier trusts (C2SP tlog-policy). */
export type Policy = {
  readonly logs: readonly PolicyLog[]
  readonly witnesses: readonly PolicyWitness[]
  /** In file order: a group names only witnesses and groups before it. */
  readonly groups: readonly PolicyGroup[]
  /** Name of a witness or group, or `none`. */
  readonly quorum: string
}

export const NO_QUORUM = 'none'

const MAX_POLICY_BYTES = 1_000_000

// Tab and newline are the only control characters that C2SP tlog-policy allows, and DEL is one.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const FORBIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f]/

class PolicyReader {
  readonly logs: PolicyLog[] = []
  readonly witnesses: PolicyWitness[] = []
  readonly groups: PolicyGroup[] = []
  quorum: string | undefined
  readonly #names = new Set<string>()
  readonly #members = new Set<string>()
  readonly #keys = new Set<string>()

  line(words: readonly string[]): void {
    const [keyword = '', ...rest] = words
    if (keyword === 'log' && this.#between(rest, 1, 2)) this.#log(rest)
    else if (keyword === 'witness' && this.#between(rest, 2, 3)) this.#witness(rest)
    else if (keyword === 'group' && this.#between(rest, 3, Number.POSITIVE_INFINITY)) this.#group(rest)
    else if (keyword === 'quorum' && this.#between(rest, 1, 1)) this.#quorum(rest)
    else throw malformed(`a policy line cannot start with ${keyword}, or has a wrong number of parts`)
  }

  #between(words: readonly string[], least: number, most: number): boolean {
    return words.length >= least && words.length <= most
  }

  #key(role: 'log' | 'witness', type: number, text: string): VerifierKey {
    const key = parseVerifierKey(text)
    if (key.type !== type) throw malformed(`${key.name} has the wrong signature type for a ${role}`)
    const identity = `${role} ${encodeBase64(key.publicKey)}`
    if (this.#keys.has(identity)) throw malformed(`the key of ${key.name} is listed twice as a ${role}`)
    this.#keys.add(identity)
    return key
  }

  #name(name: string): void {
    if (name === NO_QUORUM || this.#names.has(name)) throw malformed(`the name ${name} is taken`)
    this.#names.add(name)
  }

  #log([vkey = '', url]: readonly string[]): void {
    this.logs.push({ key: this.#key('log', SIGNATURE_ED25519, vkey), ...(url ? { url } : {}) })
  }

  #witness([name = '', vkey = '', url]: readonly string[]): void {
    this.#name(name)
    const key = this.#key('witness', SIGNATURE_COSIGNATURE, vkey)
    this.witnesses.push({ name, key, ...(url ? { url } : {}) })
  }

  #group([name = '', rule = '', ...members]: readonly string[]): void {
    for (const member of members) {
      if (!this.#names.has(member)) throw malformed(`${member} is not defined before group ${name}`)
      // One way to count for each witness, or a single one could carry a quorum of several.
      if (this.#members.has(member)) throw malformed(`${member} is a member twice`)
      this.#members.add(member)
    }
    this.#name(name)
    const threshold = rule === 'all' ? members.length : rule === 'any' ? 1 : parseDecimal(rule)
    if (threshold < 1 || threshold > members.length) throw malformed(`group ${name} cannot reach ${rule}`)
    this.groups.push({ name, threshold, members })
  }

  #quorum([name = '']: readonly string[]): void {
    if (this.quorum !== undefined) throw malformed('a policy has one quorum line')
    if (name !== NO_QUORUM && !this.#names.has(name))
      throw malformed(`${name} is not defined before the quorum`)
    this.quorum = name
  }
}

/**
 * Parses a trust policy. Log keys are of type 0x01, witness keys of type 0x04. Throws `malformed` for any
 * line that C2SP tlog-policy does not define, and as `parseVerifierKey` does for a key.
 */
export function parsePolicy(file: Uint8Array | string): Policy {
  if (file.length > MAX_POLICY_BYTES) throw malformed('the policy is too long')
  const text = typeof file === 'string' ? file : decodeUtf8(file)
  if (FORBIDDEN.test(text)) throw malformed('the policy has control characters')
  if (text !== '' && !text.endsWith('\n')) throw malformed('the policy does not end in a newline')
  const reader = new PolicyReader()
  for (const line of text.split('\n')) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '')
    if (words.length > 0 && !words[0]?.startsWith('#')) reader.line(words)
  }
  const { logs, witnesses, groups, quorum } = reader
  if (quorum === undefined) throw malformed('the policy has no quorum line')
  return { logs, witnesses, groups, quorum }
}
