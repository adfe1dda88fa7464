import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { formatNote, formatVerifierKey, parseNote, parseVerifierKey, verifyNote } from '#tlog'
import { assert, type Family, readText, refused, type Vector } from './family.ts'

const examples = z.object({ signedNote: z.object({ vkey: z.string(), note: z.string() }) })

type Example = { vkey: string; note: string }

async function checkGood({ vkey, note }: Example): Promise<void> {
  const key = parseVerifierKey(vkey)
  assert(formatVerifierKey(key) === vkey, 'the key is written differently')
  const parsed = parseNote(note)
  assert(formatNote(parsed) === note, 'the note is written differently')
  assert((await verifyNote(parsed, [key])).length === 1, 'the note has no signer')
}

async function checkTamperedText({ vkey, note }: Example): Promise<void> {
  const changed = note.replace(/^./, (first) => (first === 'x' ? 'y' : 'x'))
  await refused(() => verifyNote(parseNote(changed), [parseVerifierKey(vkey)]), 'a changed text verifies')
}

async function checkTamperedSignature({ vkey, note }: Example): Promise<void> {
  const { text, signatures } = parseNote(note)
  for (const [i, signature] of signatures.entries()) {
    for (const at of signature.signature.keys()) {
      const flipped = signature.signature.with(at, (signature.signature[at] as number) ^ 1)
      const forged = { text, signatures: signatures.with(i, { ...signature, signature: flipped }) }
      await refused(() => verifyNote(forged, [parseVerifierKey(vkey)]), `octet ${at} does not matter`)
    }
  }
}

async function checkTamperedKey({ vkey }: Example): Promise<void> {
  const changed = vkey.replace(/\+[0-9a-f]/, (match) => (match === '+0' ? '+1' : '+0'))
  await refused(() => parseVerifierKey(changed), 'a key with another key id is accepted')
}

const CHECKS = {
  good: checkGood,
  text: checkTamperedText,
  signature: checkTamperedSignature,
  key: checkTamperedKey,
}

function vectors(folder: string): Vector[] {
  return readdirSync(folder).flatMap((name) => {
    const file = join(folder, name)
    return Object.entries(CHECKS).map(([what, check]) => ({
      name: `${file} ${what}`,
      check: () => check(examples.parse(JSON.parse(readText(file))).signedNote),
    }))
  })
}

export const c2spFamily: Family = { folder: 'c2sp', vectors }
