import { verify, X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import {
  checkAnswers,
  decodeQuery,
  equalBytes,
  parseCheckpoint,
  parseNote,
  readPem,
  readResponse,
  sha256,
  type TimestampInfo,
  verifyTimestamp,
} from '#tlog'
import { assert, type Family, readBytes, readText, refused, unknownIn, type Vector } from './family.ts'

type Files = {
  content: Uint8Array
  query: Uint8Array
  response: Uint8Array
  ca: Uint8Array[]
  tsa: Uint8Array[]
}

const load = (folder: string): Files => ({
  content: readBytes(join(folder, 'cp.txt')),
  query: readBytes(join(folder, 'q.tsq')),
  response: readBytes(join(folder, 'r.tsr')),
  ca: readPem(readText(join(folder, 'ca.pem'))),
  tsa: readPem(readText(join(folder, 'tsa.pem'))),
})

const accepts = ({ response, content, ca, tsa }: Files): Promise<TimestampInfo> =>
  verifyTimestamp(response, content, { anchors: ca, others: tsa })

const flip = (bytes: Uint8Array, at: number): Uint8Array => bytes.with(at, (bytes[at] as number) ^ 1)

/** Where `part` stands in `whole`, so that a test can alter exactly that. */
function offsetOf(whole: Uint8Array, part: Uint8Array): number {
  const at = Buffer.from(whole).indexOf(part)
  assert(at >= 0, 'the part is not in the response')
  return at
}

const CHECKS: Readonly<Record<string, (files: Files) => unknown>> = {
  content: ({ content }) => parseCheckpoint(parseNote(content).text),
  imprint: ({ content, response, query }) => {
    const { info } = readResponse(response)
    assert(equalBytes(info.imprint.hash, sha256(content)), 'the imprint is not the hash of the content')
    assert(equalBytes(decodeQuery(query).imprint.hash, sha256(content)), 'the query is about other bytes')
  },
  accepted: accepts,
  answers: async (files) => checkAnswers(await accepts(files), decodeQuery(files.query)),
  'chain by the platform': ({ ca, tsa }) => {
    const [root, signer] = [
      new X509Certificate(ca[0] as Uint8Array),
      new X509Certificate(tsa[0] as Uint8Array),
    ]
    assert(
      signer.checkIssued(root) && signer.verify(root.publicKey),
      'the signer is not issued by the anchor',
    )
    assert(signer.keyUsage?.includes('1.3.6.1.5.5.7.3.8') === true, 'the signer is not for time-stamping')
  },
  'signature by the platform': ({ response, tsa }) => {
    const { signer } = readResponse(response)
    const message = Uint8Array.from(signer.attributes.raw).with(0, 0x31)
    const key = new X509Certificate(tsa[0] as Uint8Array).publicKey
    assert(verify(signer.digest, message, key, signer.signature), 'the signature does not verify')
  },
  'other content': (files) =>
    refused(() => accepts({ ...files, content: flip(files.content, 0) }), 'other bytes are accepted'),
  'other query': (files) => {
    const query = decodeQuery(files.query)
    return refused(
      () => checkAnswers(readResponse(files.response).info, { ...query, nonce: '01' }),
      'another nonce is accepted',
    )
  },
  'altered statement': (files) => {
    const at = offsetOf(files.response, readResponse(files.response).content)
    const { length } = readResponse(files.response).content
    return everyFlip(files, at, length)
  },
  'altered attributes': (files) => {
    const { raw } = readResponse(files.response).signer.attributes
    return everyFlip(files, offsetOf(files.response, raw), raw.length)
  },
  'altered signature': (files) => {
    const { signature } = readResponse(files.response).signer
    return everyFlip(files, offsetOf(files.response, signature), signature.length)
  },
  'no anchor': (files) =>
    refused(() => accepts({ ...files, ca: [] }), 'accepted without a trusted certificate'),
  truncated: (files) =>
    refused(
      () => accepts({ ...files, response: files.response.slice(0, -1) }),
      'a truncated response is accepted',
    ),
  'trailing octet': (files) =>
    refused(
      () => accepts({ ...files, response: new Uint8Array([...files.response, 0]) }),
      'a trailing octet is accepted',
    ),
}

async function everyFlip(files: Files, start: number, length: number): Promise<void> {
  for (let at = start; at < start + length; at++) {
    await refused(
      () => accepts({ ...files, response: flip(files.response, at) }),
      `octet ${at} does not matter`,
    )
  }
}

function vectors(folder: string): Vector[] {
  const checks = Object.entries(CHECKS).map(([name, check]) => ({
    name: join(folder, name),
    check: async () => {
      await check(load(folder))
    },
  }))
  return [...checks, ...unknownIn(folder, ['cp.txt', 'q.tsq', 'r.tsr', 'ca.pem', 'tsa.pem'])]
}

export const rfc3161Family: Family = { folder: 'rfc3161', vectors }
