import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { exportTo, type Installation, importFrom, makeInstallation } from '../../../tests/support/archive.ts'
import { makeProgramme } from '../../../tests/support/trust-world.ts'
import { checkArchive } from './check.ts'
import { sha256 } from './digest.ts'
import { type Manifest, manifestName } from './format.ts'
import { openArchive } from './source.ts'

let old: Installation
let fresh: Installation
let files: Map<string, Buffer>
let manifest: Manifest
let zip: Buffer
let counter = 0

async function contents(path: string): Promise<Map<string, Buffer>> {
  const source = await openArchive(path)
  const found = new Map<string, Buffer>()
  for (const name of source.names) {
    const parts: Uint8Array[] = []
    for await (const part of await source.open(name)) parts.push(part)
    found.set(name, Buffer.concat(parts))
  }
  source.close()
  return found
}

beforeAll(async () => {
  old = await makeInstallation('damage-old')
  fresh = await makeInstallation('damage-new')
  const { home } = await makeProgramme(old)
  const path = await exportTo(old, home.owner)
  zip = await readFile(path)
  files = await contents(path)
  manifest = JSON.parse(files.get(manifestName)?.toString() ?? '')
})
afterAll(async () => {
  await old.close()
  await fresh.close()
})

/** Writes an archive as a directory. */
async function asDirectory(of: ReadonlyMap<string, Buffer>): Promise<string> {
  const base = join(fresh.directory, `archive-${++counter}`)
  await mkdir(base)
  for (const [name, bytes] of of) {
    await mkdir(dirname(join(base, name)), { recursive: true })
    await writeFile(join(base, name), bytes)
  }
  return base
}

const asZip = (of: readonly (readonly [string, Buffer])[], compress = false) =>
  new Promise<string>((done, fail) => {
    const path = join(fresh.directory, `archive-${++counter}.zip`)
    const out = new ZipFile()
    for (const [name, bytes] of of) out.addBuffer(bytes, name, { compress })
    out.end()
    const parts: Buffer[] = []
    out.outputStream.on('data', (part: Buffer) => parts.push(part))
    out.outputStream.on('end', () => writeFile(path, Buffer.concat(parts)).then(() => done(path), fail))
  })

const flipped = (bytes: Buffer) => {
  const copy = Buffer.from(bytes)
  const at = Math.floor(copy.length / 2)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

/** The archive after its maker changed a file and made the manifest agree. */
function remade(
  change: (of: Map<string, Buffer>) => void,
  parts: Partial<Manifest> = {},
): Map<string, Buffer> {
  const copy = new Map(files)
  change(copy)
  const listed = manifest.files.map((file) => {
    const bytes = copy.get(file.name) ?? Buffer.alloc(0)
    return { name: file.name, size: bytes.length, sha256: sha256(bytes) }
  })
  return copy.set(manifestName, Buffer.from(JSON.stringify({ ...manifest, files: listed, ...parts })))
}

const refusal = (path: string) =>
  importFrom(fresh, path).then(
    () => null,
    (error) => error,
  )

const lines = (name: string) => (files.get(name)?.toString() ?? '').trimEnd().split('\n')

const asLines = (all: readonly string[]) => Buffer.from(`${all.join('\n')}\n`)

const changed = (name: string, at: number, change: (line: Record<string, unknown>) => object) =>
  asLines(lines(name).map((line, index) => (index === at ? JSON.stringify(change(JSON.parse(line))) : line)))

const organisations = async () =>
  (await sql`select organisation_ids()`.execute(fresh.database.kysely)).rows.length

describe('a damaged archive', () => {
  it('is refused with the name of the file in which one bit changed, whichever it is', async () => {
    expect(manifest.files.length).toBeGreaterThan(5)
    for (const { name } of manifest.files) {
      const path = await asDirectory(new Map(files).set(name, flipped(files.get(name) as Buffer)))
      expect(await refusal(path)).toMatchObject({ code: 'archive.damaged', params: { name } })
    }
    const path = await asDirectory(
      new Map(files).set(manifestName, flipped(files.get(manifestName) as Buffer)),
    )
    expect((await refusal(path)).code).toMatch(/^archive\./)
    expect(await organisations()).toBe(0)
  })

  it('is refused wherever a ZIP file was cut off', async () => {
    for (let part = 0; part < 20; part++) {
      const path = join(fresh.directory, `cut-${part}.zip`)
      await writeFile(path, zip.subarray(0, Math.floor((zip.length * part) / 20)))
      expect((await refusal(path)).code).toBe('archive.truncated')
    }
  })

  it('is refused wherever a bit of the ZIP file changed, or it is the same organisation', async () => {
    const good = (await checkArchive(await openArchive(await asZip([...files])))).digest
    for (let at = 0; at < zip.length; at += Math.ceil(zip.length / 150)) {
      const copy = Buffer.from(zip)
      copy[at] = (copy[at] ?? 0) ^ 4
      const path = join(fresh.directory, 'flipped.zip')
      await writeFile(path, copy)
      const found = await openArchive(path)
        .then(checkArchive)
        .catch((error) => error)
      if (found instanceof Error) expect(found).toMatchObject({ name: 'Problem' })
      else expect(found.digest).toBe(good)
    }
  })

  it('is refused when two files changed places, one is missing or one is too many', async () => {
    const [first, second] = manifest.files
      .filter(({ name }) => name.startsWith('objects/'))
      .map(({ name }) => name)
    const a = files.get(first ?? '') as Buffer
    const b = files.get(second ?? '') as Buffer
    const swapped = await asDirectory(new Map(files).set(first ?? '', b).set(second ?? '', a))
    expect(await refusal(swapped)).toMatchObject({ code: 'archive.damaged', params: { name: first } })
    for (const name of files.keys()) {
      const less = new Map(files)
      less.delete(name)
      expect(await refusal(await asDirectory(less))).toMatchObject({
        code: 'archive.missing',
        params: { name },
      })
    }
    const extra = `objects/${'0'.repeat(64)}`
    const more = await asDirectory(new Map(files).set(extra, a))
    expect(await refusal(more)).toMatchObject({ code: 'archive.unexpected', params: { name: extra } })
    expect(await organisations()).toBe(0)
  })
})

describe('a hostile archive', () => {
  it.each([
    'objects/../../keys/auth-secret',
    '/etc/passwd',
    'log/entries.jsonl ',
    'OBJECTS/x',
    'objects\\x',
    'log/ENTRIES.jsonl',
  ])('cannot bring the name %s', async (name) => {
    const of = [...files].map(([own, bytes]) => [own, bytes] as const)
    // The writer refuses hostile names too, so one of the same length is put in and changed in the bytes.
    const stand = 'q'.repeat(name.length)
    const path = await asZip([...of, [stand, Buffer.from('x')]])
    const bytes = await readFile(path)
    for (let at = bytes.indexOf(stand); at >= 0; at = bytes.indexOf(stand)) bytes.write(name, at, 'latin1')
    await writeFile(path, bytes)
    expect((await refusal(path)).code).toMatch(/^archive\.(unexpected|truncated)$/)
  })

  it('cannot bring a file twice, or a link', async () => {
    const entries = files.get('log/entries.jsonl') as Buffer
    const twice = await asZip([...files, ['log/entries.jsonl', entries]])
    expect((await refusal(twice)).code).toBe('archive.unsafe')
    const linked = await asDirectory(files)
    await rename(join(linked, 'log/keys.json'), join(fresh.directory, 'keys.json'))
    await symlink(join(fresh.directory, 'keys.json'), join(linked, 'log/keys.json'))
    expect(await refusal(linked)).toMatchObject({ code: 'archive.unsafe', params: { name: 'log/keys.json' } })
  })

  it('cannot grow beyond what its manifest says', async () => {
    const bomb = new Map(files).set('log/keys.json', Buffer.alloc(50_000_000, 0x20))
    const path = await asZip([...bomb], true)
    expect(await refusal(path)).toMatchObject({ code: 'archive.damaged', params: { name: 'log/keys.json' } })
  })

  it.each<[string, string, () => Map<string, Buffer>]>([
    [
      'a newer format',
      'archive.format_unknown',
      () => remade(() => undefined, { format: 'assay-archive/2' as never }),
    ],
    [
      'unsorted files',
      'archive.manifest_damaged',
      () =>
        new Map(files).set(
          manifestName,
          Buffer.from(JSON.stringify({ ...manifest, files: manifest.files.toReversed() })),
        ),
    ],
    ['another root', 'archive.log_wrong', () => remade(() => undefined, { root: `${'A'.repeat(43)}=` })],
    ['fewer entries', 'archive.log_wrong', () => remade(() => undefined, { size: manifest.size - 1 })],
    [
      'a removed entry',
      'archive.log_wrong',
      () => remade((of) => of.set('log/entries.jsonl', asLines(lines('log/entries.jsonl').toSpliced(3, 1)))),
    ],
    [
      'two entries in each other’s place',
      'archive.log_wrong',
      () =>
        remade((of) => {
          const all = lines('log/entries.jsonl')
          ;[all[2], all[3]] = [all[3] ?? '', all[2] ?? '']
          of.set('log/entries.jsonl', asLines(all))
        }),
    ],
    [
      'another statement',
      'archive.log_wrong',
      () =>
        remade((of) =>
          of.set(
            'log/entries.jsonl',
            changed('log/entries.jsonl', 1, (line) => ({
              ...line,
              statement: String(line.statement).replace('JP', 'KP'),
            })),
          ),
        ),
    ],
    [
      'a statement gone without an erasure',
      'archive.log_wrong',
      () =>
        remade((of) =>
          of.set(
            'log/entries.jsonl',
            changed('log/entries.jsonl', 1, (line) => ({ ...line, salt: null, statement: null })),
          ),
        ),
    ],
    [
      'another time',
      'archive.log_wrong',
      () =>
        remade((of) =>
          of.set(
            'log/entries.jsonl',
            changed('log/entries.jsonl', 1, (line) => ({ ...line, recordedAt: '2020-01-01T00:00:00.000Z' })),
          ),
        ),
    ],
    [
      'a checkpoint that nobody signed',
      'archive.log_wrong',
      () =>
        remade((of) =>
          of.set(
            'log/checkpoints.jsonl',
            changed('log/checkpoints.jsonl', 0, (line) => ({
              ...line,
              note: String(line.note).replace(/ (\S)(\S+)\n$/, ' $1AAAA$2\n'),
            })),
          ),
        ),
    ],
    ['keys of nobody', 'archive.log_wrong', () => remade((of) => of.set('log/keys.json', Buffer.from('[]')))],
    [
      'a key that ended before it signed',
      'archive.log_wrong',
      () =>
        remade((of) => {
          const [key] = JSON.parse(files.get('log/keys.json')?.toString() ?? '')
          of.set('log/keys.json', Buffer.from(JSON.stringify([{ ...key, upTo: 1 }])))
        }),
    ],
    [
      'a line that is no JSON',
      'archive.line',
      () => remade((of) => of.set('log/entries.jsonl', Buffer.from('{"index":0\n'))),
    ],
    [
      'a line without an end',
      'archive.line',
      () => remade((of) => of.set('log/entries.jsonl', Buffer.from(lines('log/entries.jsonl').join('\n')))),
    ],
  ])('with %s is refused, even when the manifest agrees', async (_, code, make) => {
    const found = await refusal(await asDirectory(make()))
    expect(found).toMatchObject({ code })
    expect(await organisations()).toBe(0)
  })
})

describe('an import', () => {
  it('that is stopped leaves an empty installation, and the next one succeeds; a second organisation is refused', async () => {
    const path = await asZip([...files], true)
    for (const stop of ['objects', 'log', 'records'] as const) {
      const stopped = importFrom(fresh, path, (step) => {
        if (step === stop) throw new Error('stopped')
      })
      await expect(stopped).rejects.toThrow('stopped')
      expect(await organisations()).toBe(0)
      const left = await sql<{ count: number }>`select count(*) from auth."user"`.execute(
        fresh.database.kysely,
      )
      expect(left.rows).toEqual([{ count: 0 }])
    }
    expect((await importFrom(fresh, path)).manifest.size).toBe(manifest.size)
    expect(await refusal(path)).toMatchObject({ code: 'archive.not_empty' })
    await rm(path)
  })

  it('of an older archive is refused where the log has gone on', async () => {
    const home = await makeInstallation('older')
    const { sign } = await old.sealer.signer(manifest.organisation)
    await sign(manifest.size + 5, Buffer.alloc(32))
    await mkdir(join(home.directory, 'keys'))
    const name = `log-${manifest.organisation}.last`
    await writeFile(join(home.directory, 'keys', name), await readFile(join(old.directory, 'keys', name)))
    await expect(importFrom(home, await asDirectory(files))).rejects.toMatchObject({ code: 'archive.older' })
    await home.close()
  })
})
