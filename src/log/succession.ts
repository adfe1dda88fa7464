import {
  formatVerifierKey,
  parseNote,
  parseVerifierKey,
  type SignerKey,
  signNote,
  TlogError,
  type VerifierKey,
  verifyNote,
} from '#tlog'

/** A key by which another key of the same log vouched: valid for checkpoints of at least `from` entries. */
export type EndorsedKey = { key: VerifierKey; from: number }

// The second line keeps the text from ever being read as a checkpoint, whose second line is a number.
const subject = 'assay log key'

/** A note in which two keys of a log say that the second one signs for it from `from` entries on (C2SP signed-note). */
export const endorse = (key: SignerKey, next: SignerKey, from: number): Promise<string> =>
  signNote(`${key.name}\n${subject}\n${formatVerifierKey(next)}\n${from}\n`, [key, next])

/** What an endorsement says, nothing of it verified; throws TlogError where it is none. */
export function readEndorsement(note: string): EndorsedKey & { origin: string } {
  const { text } = parseNote(note)
  const [origin = '', second, vkey = '', from = '', ...more] = text.slice(0, -1).split('\n')
  if (second !== subject || more.length > 0 || !/^(?:0|[1-9]\d{0,15})$/.test(from))
    throw new TlogError('malformed', 'not an endorsement of a log key')
  const key = parseVerifierKey(vkey)
  if (key.name !== origin) throw new TlogError('malformed', 'the endorsed key is of another log')
  return { key, from: Number(from), origin }
}

async function vouched(note: string, trusted: readonly VerifierKey[]): Promise<EndorsedKey | null> {
  try {
    const said = readEndorsement(note)
    const signers = await verifyNote(parseNote(note), [...trusted, said.key])
    // Both: an old key cannot name a key that nobody has, nor a new key itself.
    const own = signers.includes(said.key)
    const other = signers.some((one) => one !== said.key && one.name === said.origin)
    return own && other ? { key: said.key, from: said.from } : null
  } catch {
    return null
  }
}

/** The keys that trusted ones lead to, over any number of endorsements given in the order of the rotations. */
export async function endorsedKeys(
  trusted: readonly VerifierKey[],
  notes: readonly string[],
): Promise<EndorsedKey[]> {
  const found: EndorsedKey[] = []
  for (const note of notes) {
    const one = await vouched(note, [...trusted, ...found.map(({ key }) => key)])
    if (one) found.push(one)
  }
  return found
}
