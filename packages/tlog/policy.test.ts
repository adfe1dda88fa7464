import { describe, expect, test } from 'vitest'
import { signCheckpoint } from './checkpoint.ts'
import { cosign } from './cosignature.ts'
import { formatNote, parseNote } from './note.ts'
import { formatVerifierKey, SIGNATURE_COSIGNATURE } from './note-key.ts'
import { parsePolicy } from './policy.ts'
import { openByPolicy, quorumMet } from './quorum.ts'
import { flipBit, refusal, sampleKey } from './testing.ts'

const LOG = await sampleKey('example.org/log', 1)
const LOG_KEY = formatVerifierKey(LOG)
const WITNESSES = await Promise.all(
  [11, 12, 13, 14, 15].map((octet) => sampleKey(`w${octet}.example`, octet, SIGNATURE_COSIGNATURE)),
)
const [X1, X2, X3, Y1, Y2] = WITNESSES.map(formatVerifierKey)

const POLICY = `# whom we trust
log ${LOG_KEY} https://log.example/
\twitness  X1 ${X1}
witness X2 ${X2} https://x2.example/
witness X3 ${X3}
group X 2 X1 X2 X3

witness Y1 ${Y1}
witness Y2 ${Y2}
  # one of these is enough
group Y any Y1 Y2
group both all X Y
quorum both
`

test('a policy with two levels of groups is read', () => {
  const policy = parsePolicy(POLICY)
  expect(policy.logs.map(({ key, url }) => [key.name, url])).toEqual([
    ['example.org/log', 'https://log.example/'],
  ])
  expect(policy.witnesses.map(({ name }) => name)).toEqual(['X1', 'X2', 'X3', 'Y1', 'Y2'])
  expect(policy.groups.map(({ name, threshold }) => [name, threshold])).toEqual([
    ['X', 2],
    ['Y', 1],
    ['both', 2],
  ])
  expect(policy.quorum).toBe('both')
})

test('the quorum counts as its groups say', () => {
  const met = (...names: string[]): boolean => quorumMet(parsePolicy(POLICY), new Set(names))
  expect(met('X1', 'X3', 'Y2')).toBe(true)
  expect(met('X1', 'X2', 'X3', 'Y1', 'Y2')).toBe(true)
  expect(met('X1', 'X2', 'X3')).toBe(false)
  expect(met('X1', 'Y1', 'Y2')).toBe(false)
  expect(met()).toBe(false)
  // A group's own name is no cosignature.
  expect(met('both', 'X', 'Y')).toBe(false)
})

test('a single witness may be the quorum, and none may be asked for', () => {
  const single = parsePolicy(`witness X1 ${X1}\nquorum X1\n`)
  expect([quorumMet(single, new Set(['X1'])), quorumMet(single, new Set())]).toEqual([true, false])
  expect(quorumMet(parsePolicy('quorum none\n'), new Set())).toBe(true)
})

const log = `log ${LOG_KEY}\n`
const witnesses = `witness X1 ${X1}\nwitness X2 ${X2}\n`
test.each<[string, string]>([
  ['no quorum', log],
  ['nothing', ''],
  ['two quorums', 'quorum none\nquorum none\n'],
  ['an unknown keyword', 'trust me\nquorum none\n'],
  ['a capital keyword', 'Quorum none\n'],
  ['a missing last newline', 'quorum none'],
  ['a carriage return', 'quorum none\r\n'],
  ['a control character', 'quorum none\n# \u0001\n'],
  ['an undefined quorum', 'quorum X1\n'],
  ['a quorum before its witness', `quorum X1\nwitness X1 ${X1}\n`],
  ['a log twice', `${log}${log}quorum none\n`],
  ['a witness key twice', `witness A ${X1}\nwitness B ${X1}\nquorum A\n`],
  ['a name twice', `witness A ${X1}\nwitness A ${X2}\nquorum A\n`],
  ['a witness called none', `witness none ${X1}\nquorum none\n`],
  ['a group called none', `${witnesses}group none any X1\nquorum none\n`],
  ['a log key as witness', `witness A ${LOG_KEY}\nquorum A\n`],
  ['a witness key as log', `log ${X1}\nquorum none\n`],
  ['a group of nobody', `${witnesses}group g any\nquorum g\n`],
  ['a group before its member', `group g any X1\n${witnesses}quorum g\n`],
  ['a group of itself', `${witnesses}group g any g\nquorum g\n`],
  ['a group with none', `${witnesses}group g any none\nquorum g\n`],
  ['a threshold of zero', `${witnesses}group g 0 X1\nquorum g\n`],
  ['a threshold over its members', `${witnesses}group g 3 X1 X2\nquorum g\n`],
  ['a threshold with a leading zero', `${witnesses}group g 01 X1\nquorum g\n`],
  ['a threshold in words', `${witnesses}group g two X1 X2\nquorum g\n`],
  ['a member twice in a group', `${witnesses}group g 2 X1 X1\nquorum g\n`],
  ['a member in two groups', `${witnesses}group g any X1\ngroup h any X1\nquorum g\n`],
  ['a damaged key', `log ${LOG_KEY}x\nquorum none\n`],
])('a policy with %s is refused', async (_, text) => {
  expect(await refusal(() => parsePolicy(text))).toBe('malformed')
})

describe('a checkpoint under a policy', async () => {
  const policy = parsePolicy(POLICY)
  const bare = await signCheckpoint(LOG, 17, new Uint8Array(32))
  const with_ = async (...indexes: number[]): Promise<string> => {
    const note = parseNote(bare)
    const keys = indexes.map((i) => WITNESSES[i] as (typeof WITNESSES)[number])
    const added = await Promise.all(keys.map((key, i) => cosign(note.text, key, 1_790_000_000 + i)))
    return formatNote({ ...note, signatures: [...note.signatures, ...added] })
  }

  test('opens when the quorum cosigned, with every known cosignature', async () => {
    const opened = await openByPolicy(await with_(0, 2, 4), policy)
    expect(opened.checkpoint.size).toBe(17)
    expect(opened.cosignatures.map(({ key }) => key.name)).toEqual([
      'w11.example',
      'w13.example',
      'w15.example',
    ])
  })

  test('is untrusted below the quorum, however often one witness cosigned', async () => {
    expect(await refusal(async () => openByPolicy(bare, policy))).toBe('untrusted')
    expect(await refusal(async () => openByPolicy(await with_(0, 1, 2), policy))).toBe('untrusted')
    expect(await refusal(async () => openByPolicy(await with_(0, 0, 3), policy))).toBe('untrusted')
  })

  test('is untrusted when only witnesses signed it', async () => {
    const note = parseNote(await with_(0, 1, 3))
    const unsigned = formatNote({ ...note, signatures: note.signatures.slice(1) })
    expect(await refusal(async () => openByPolicy(unsigned, policy))).toBe('untrusted')
  })

  test('is refused when one known cosignature is bad, a quorum beside it or not', async () => {
    const note = parseNote(await with_(0, 1, 3, 4))
    const signatures = note.signatures.map((s, i) =>
      i === 4 ? { ...s, signature: flipBit(s.signature, 100) } : s,
    )
    expect(await refusal(() => openByPolicy(formatNote({ ...note, signatures }), policy))).toBe(
      'bad_signature',
    )
  })
})
