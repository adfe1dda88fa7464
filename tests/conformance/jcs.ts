import { existsSync, readdirSync } from 'node:fs'
import { join, parse } from 'node:path'
import { canonicalBytes, encodeHex, equalBytes, parseStrict } from '#tlog'
import { assert, type Family, readBytes, readText, unknownIn, type Vector } from './family.ts'

/** Input, canonical output and, where given, the output once more in hexadecimal. */
function checkPair(folder: string, name: string): void {
  const bytes = canonicalBytes(parseStrict(readText(join(folder, 'input', name))))
  assert(equalBytes(bytes, readBytes(join(folder, 'output', name))), 'the canonical form differs')
  assert(equalBytes(canonicalBytes(parseStrict(Buffer.from(bytes).toString())), bytes), 'not idempotent')
  const hex = join(folder, 'outhex', `${parse(name).name}.txt`)
  if (existsSync(hex)) assert(readText(hex).replace(/\s/g, '') === encodeHex(bytes), 'the octets differ')
}

const names = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : [])

function vectors(folder: string): Vector[] {
  const inputs = names(join(folder, 'input'))
  // An output without its input would otherwise go unnoticed.
  const all = new Set([...inputs, ...names(join(folder, 'output'))])
  const pairs = [...all]
    .sort()
    .map((name) => ({ name: join(folder, name), check: () => checkPair(folder, name) }))
  return [...pairs, ...unknownIn(folder, ['input', 'output', 'outhex'])]
}

export const jcsFamily: Family = { folder: 'jcs', vectors }
