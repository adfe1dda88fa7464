import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  examine,
  exportTo,
  type Installation,
  importFrom,
  makeInstallation,
} from '../../tests/support/archive.ts'
import { foundHome, type Home } from '../../tests/support/world.ts'
import { beginRotation, finishRotation } from '../log/server/rotate.ts'
import { readEndorsement } from '../log/succession.ts'
import { createEntity } from '../organisation/server/commands.ts'
import { sha256 } from '../server/archive/digest.ts'
import { endorsementsName, type Manifest, manifestName } from '../server/archive/format.ts'
import { openArchive } from '../server/archive/source.ts'
import { execute } from '../server/execute.ts'
import { main } from './main.ts'

let old: Installation
let home: Home
let counter = 0
/** The keys of the log in their order, and an archive made under each. */
const keys: string[] = []
const archives: string[] = []

const parts = ({ database, clock, runtime, directory }: Installation) => ({
  ...{ database, clock, directory },
  random: runtime.random,
})

async function change(): Promise<void> {
  const key = `site-${++counter}`
  const none = { country: null, memberFrom: null, memberTo: null }
  const site = { key, parentId: home.root.id, kind: 'site' as const, name: { en: key }, ...none }
  await execute(old.runtime, home.owner, createEntity, site)
  await old.sealer.sealNow(home.organisationId)
}

const rotate = async (where: Installation): Promise<string> => {
  await beginRotation(parts(where), home.organisationId)
  return (await finishRotation(parts(where), home.organisationId)).own
}

beforeAll(async () => {
  old = await makeInstallation('verify-archive')
  home = await foundHome(old)
  await change()
  keys.push((await old.sealer.signer(home.organisationId)).vkey)
  archives.push(await exportTo(old, home.owner, 'before.zip'))
  for (const name of ['once.zip', 'twice.zip']) {
    keys.push(await rotate(old))
    await change()
    archives.push(await exportTo(old, home.owner, name))
  }
})
afterAll(() => old.close())

/** The command line of a stranger: no server, no database, no network. */
async function run(...words: string[]) {
  const lines: string[] = []
  const say = (line: string) => lines.push(line)
  const fetch = () => Promise.reject(new Error('there is no network'))
  const env = { XDG_CONFIG_HOME: join(old.directory, `stranger-${++counter}`) }
  const code = await main(['verify', ...words], { env, out: say, fail: say, fetch })
  return { code, text: lines.join('\n') }
}

/** The archive as a directory, after somebody changed a file and made the manifest agree. */
async function remade(from: string, name: string, change: (text: string) => string | null): Promise<string> {
  const source = await openArchive(from)
  const base = join(old.directory, `remade-${++counter}`)
  const files = new Map<string, Buffer>()
  for (const one of source.names) {
    const bytes: Uint8Array[] = []
    for await (const part of await source.open(one)) bytes.push(part)
    files.set(one, Buffer.concat(bytes))
  }
  source.close()
  const changed = change(files.get(name)?.toString() ?? '')
  if (changed === null) files.delete(name)
  else files.set(name, Buffer.from(changed))
  const manifest: Manifest = JSON.parse(files.get(manifestName)?.toString() ?? '')
  const listed = manifest.files.flatMap((file) => {
    const bytes = files.get(file.name)
    return bytes ? [{ name: file.name, size: bytes.length, sha256: sha256(bytes) }] : []
  })
  files.set(manifestName, Buffer.from(JSON.stringify({ ...manifest, files: listed })))
  for (const [one, bytes] of files) {
    await mkdir(dirname(join(base, one)), { recursive: true })
    await writeFile(join(base, one), bytes)
  }
  return base
}

describe('assay verify of an archive', () => {
  it('follows the log from the first key over two rotations, offline', async () => {
    const [before, once, twice] = archives as [string, string, string]
    const [first, second, third] = keys as [string, string, string]
    expect(new Set(keys).size).toBe(3)
    expect((await run(before, '--key', first)).code).toBe(0)
    for (const path of [once, twice]) {
      const answer = await run(path, '--key', first)
      expect(answer.text).toContain('[holds] R4  The checkpoint of')
      expect(answer.text).toContain(`signed by a key that you trust: ${path === once ? second : third}`)
      expect(answer.text).toMatch(/\[holds\] R4 {2}(\d+) of \1 checkpoints are signed/)
      expect(answer.code).toBe(0)
    }
    expect((await run(twice, '--key', first)).text).toContain('2 change(s) of the key were followed')
    // Who trusts the newest key alone is told that the earlier checkpoints are not signed by it.
    const newest = await run(twice, '--key', third)
    expect(newest.text).toMatch(/\[not checked\] R4 {2}\d+ of \d+ checkpoints/)
    expect(newest.code).toBe(0)
    const unknown = await run(twice, '--lang', 'ja')
    expect(unknown.text).toContain('この証明自身が含む鍵')
    expect(unknown.code).toBe(0)
  })

  it('shows that an archive goes on where one seen before ended, across the rotation', async () => {
    const [before, once, twice] = archives as [string, string, string]
    const pins = join(old.directory, 'pins.json')
    expect((await run(before, '--key', keys[0] as string, '--pins', pins)).code).toBe(0)
    const later = await run(twice, '--pins', pins)
    expect(later.text).toContain('[holds] R9  The log of')
    expect(later.code).toBe(0)
    expect(JSON.parse(await readFile(pins, 'utf8'))).toMatchObject({
      [`assay.log/${home.organisationId}`]: { vkey: keys[2] },
    })
    // An older archive has not the entries to say anything, and is not remembered.
    expect((await run(once, '--key', keys[0] as string, '--pins', pins)).text).toMatch(/R9/)
  })

  it('holds nobody to a key for which no trusted key vouched', async () => {
    const [, , twice] = archives as [string, string, string]
    const [first] = keys as [string]
    const without = await remade(twice, endorsementsName, () => null)
    const answer = await run(without, '--key', first)
    expect(answer.text).toContain('[FAILS] R4')
    expect(answer.code).toBe(1)
    const stranger = `${JSON.stringify([(await notes()).map((note) => note.replace('assay log key', 'another thing'))[0]])}\n`
    const other = await run(await remade(twice, endorsementsName, () => stranger), '--key', first)
    expect(other.text).toContain('holds a note by no key of the log')
    expect(other.code).toBe(1)
    const changed = await remade(twice, 'log/entries.jsonl', (text) => text.replace('site-1', 'site-9'))
    const contradicts = await run(changed, '--key', first)
    expect(contradicts.text).toContain('The log in the archive contradicts itself')
    expect(contradicts.code).toBe(1)
    expect((await run(twice, '--key', 'no key')).code).toBe(2)
  })

  it('says whether a file in hand is in it', async () => {
    const path = join(old.directory, 'stranger.txt')
    await writeFile(path, 'not of this house')
    const answer = await run(archives[0] as string, '--file', path)
    expect(answer.text).toContain('[FAILS] R1')
    expect(answer.code).toBe(1)
    await rm(path)
  })

  it('goes on across an import: the new home keeps who vouched for whom', async () => {
    const fresh = await makeInstallation('verify-archive-fresh')
    try {
      await importFrom(fresh, archives[2] as string)
      await fresh.sealer.sealNow(home.organisationId)
      const signer = await fresh.sealer.signer(home.organisationId)
      expect(signer.endorsements).toEqual(await notes())
      expect(signer.endorsements.map((note) => readEndorsement(note).from)).toHaveLength(2)
      const own = await rotate(fresh)
      const again = await exportTo(fresh, home.owner, 'again.zip')
      const answer = await run(again, '--key', signer.vkey)
      expect(answer.text).toContain(`signed by a key that you trust: ${own}`)
      expect(answer.code).toBe(0)
      expect(await examine(fresh, home.organisationId)).toMatchObject({ findings: [] })
    } finally {
      await fresh.close()
    }
  })
})

const notes = async () => [...(await old.sealer.signer(home.organisationId)).endorsements]
