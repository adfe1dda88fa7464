import { type Item, itemOf, type Parsed, UnreadableOutput } from '../collection.ts'
import { isObject, type Json, listOf, objectsOf, readJson, textOf } from './json.ts'

// Names of algorithms, which version 2 writes as texts and version 3 as objects with notes.
const namesOf = (list: unknown): string[] =>
  listOf(list).flatMap((one) => {
    const name = textOf(one) ?? (isObject(one) ? textOf(one.algorithm) : null)
    return name === null ? [] : [name]
  })

const keySizes = (list: unknown): { algorithm: string; bits: number }[] =>
  objectsOf(list).flatMap(({ algorithm, keysize }) =>
    typeof algorithm === 'string' && typeof keysize === 'number' ? [{ algorithm, bits: keysize }] : [],
  )

/** `127.0.0.1:22`, `[::1]:22`, or the bare name that version 2 prints. */
function targetNames(one: Json, asked: string | null): string[] {
  const target = textOf(one.target) ?? ''
  const [, name = target, port] = /^\[?(.*?)\]?(?::(\d{1,5}))?$/.exec(target) ?? []
  const bare = target.split(':').length > 2 && !target.startsWith('[') ? target : name
  const askedPort = asked === null ? undefined : /:(\d{1,5})$/.exec(asked)?.[1]
  const where = port ?? askedPort
  return bare === ''
    ? []
    : where
      ? [bare.includes(':') ? `[${bare}]:${where}` : `${bare}:${where}`, bare]
      : [bare]
}

function itemOfTarget(one: Json, asked: string | null): Item {
  const { banner, enc, kex, key, mac, compression, cves } = one
  // A server that was not understood offers nothing; that is no proof of anything.
  if (![enc, kex, key, mac].every(Array.isArray))
    throw new UnreadableOutput('failed', `${textOf(one.target) ?? 'the target'} was not audited`)
  const said = isObject(banner) ? banner : {}
  return itemOf([...targetNames(one, asked), ...(asked === null ? [] : [asked])], {
    software: textOf(said.software),
    protocol: listOf(said.protocol).join('.'),
    ciphers: namesOf(enc),
    keyExchanges: namesOf(kex),
    hostKeys: namesOf(key),
    macs: namesOf(mac),
    compression: namesOf(compression),
    keySizes: [...keySizes(kex), ...keySizes(key)],
    cves: objectsOf(cves).flatMap(({ name }) => textOf(name) ?? []),
  })
}

/** `ssh-audit -j`: one target as an object, several as a list. `target` is what was asked for, which has the port. */
export function parseSshAudit(text: string, target: string | null): Parsed {
  const value = readJson(text)
  const found = Array.isArray(value) ? objectsOf(value) : isObject(value) ? [value] : []
  if (found.length === 0) throw new UnreadableOutput('not-it', 'no audited target')
  const asked = found.length === 1 ? target : null
  return {
    tool: { name: 'ssh-audit', version: null },
    startedAt: null,
    endedAt: null,
    items: found.map((one) => itemOfTarget(one, asked)),
  }
}
