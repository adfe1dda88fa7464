import { readFile, rm, writeFile } from 'node:fs/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  commit,
  decodeBundle,
  decodeLeaf,
  decodeUtf8,
  encodeBase64,
  encodeBundle,
  encodeLeaf,
  leafHash,
} from '#tlog'
import { temporaryDirectory } from '../../../tests/support/directory.ts'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import {
  createEntity,
  createService,
  updateEntity,
  updateService,
} from '../../organisation/server/commands.ts'
import { execute } from '../../server/execute.ts'
import { recordTypes } from '../../server/nouns.ts'
import { fsck } from './fsck.ts'
import { createSealer, type Sealer } from './seal.ts'
import { tileStore } from './store.ts'

let world: World
let home: Home
let directory: ReturnType<typeof temporaryDirectory>
let sealer: Sealer
let digest: string

const bytes = Buffer.from('a document')

beforeEach(async () => {
  world = await makeWorld('fsck')
  home = await foundHome(world)
  directory = temporaryDirectory('fsck')
  sealer = createSealer({
    database: world.database,
    clock: world.clock,
    random: world.runtime.random,
    directory: directory.path,
    log: () => undefined,
  })
  const { runtime } = world
  const site = await execute(runtime, home.manager, createEntity, {
    key: 'site',
    parentId: home.root.id,
    kind: 'site',
    name: { en: 'Site "quoted" \\ ,"id":"', ja: '拠点' },
    country: 'JP',
    memberFrom: '2020-01-01',
    memberTo: null,
  })
  await execute(runtime, home.manager, updateEntity, { ...site, memberTo: '2024-12-31' })
  await sealer.sealNow(home.organisationId)
  const service = await execute(runtime, home.manager, createService, {
    key: 'service',
    entityId: site.id,
    kind: 'product',
    name: { en: 'Service' },
    offeredFrom: null,
    offeredTo: null,
  })
  await execute(runtime, home.manager, updateService, { ...service, name: { en: 'Renamed' } })
  await sealer.sealNow(home.organisationId)
  digest = (
    await runtime.objects.put(
      (async function* () {
        yield bytes
      })(),
      100,
    )
  ).digest
})
afterEach(async () => {
  await world.close()
  directory.remove()
})

const examine = (threadFrom?: number) =>
  fsck({
    ...(threadFrom === undefined ? {} : { threadFrom }),
    database: world.database,
    directory: directory.path,
    organisationId: home.organisationId,
    recordTypes,
    objects: {
      store: world.runtime.objects,
      async *referenced() {
        yield { digest, by: 'a test' }
      },
    },
  })

/** As the database's administrator, who is above the rights of the application's role. */
const asAdministrator = async <Row extends pg.QueryResultRow>(statement: string): Promise<Row[]> => {
  const client = new pg.Client({ ...(world.database.pool.options as object), options: '' })
  await client.connect()
  const { rows } = await client.query<Row>(statement)
  await client.end()
  return rows
}

const flip = async (path: string, at: number) => {
  const content = await readFile(path)
  content[at] = (content[at] ?? 0) ^ 1
  await writeFile(path, content)
}

const codes = async () => {
  const { findings, firstBadIndex } = await examine()
  return { codes: [...new Set(findings.map((finding) => finding.code))].sort(), firstBadIndex }
}

describe('fsck', () => {
  it('finds a whole log whole, and says how much it looked at', async () => {
    expect(await examine()).toEqual({
      entries: 6,
      checkpoints: 2,
      tiles: 2,
      records: 4,
      objects: 1,
      findings: [],
      count: 0,
      firstBadIndex: null,
    })
  })

  it.each([
    [
      'a byte of a leaf',
      `update log_entry set leaf = replace(leaf, '"v":1', '"v":3') where idx = 3`,
      3,
      'leaf_malformed',
    ],
    ['a type', `update log_entry set type = 'entity.renamed' where idx = 3`, 3, 'leaf_column'],
    [
      'a byte of a statement',
      `update log_entry set statement = replace(statement, '2024-12-31', '2025-12-31') where idx = 3`,
      3,
      'commitment',
    ],
    [
      'a salt',
      `update log_entry set salt = set_byte(salt, 0, get_byte(salt, 0) # 1) where idx = 3`,
      3,
      'commitment',
    ],
    [
      'the time of an entry',
      `update log_entry set recorded_at = recorded_at - interval '1 day' where idx = 2`,
      2,
      'statement_column',
    ],
    [
      'an opening that vanished',
      `update log_entry set salt = null, statement = null where idx = 3`,
      3,
      'opening_missing',
    ],
    ['an entry that vanished', `delete from log_entry where idx = 4`, 4, 'entry_missing'],
    ['the last entries', `delete from log_entry where idx >= 4`, 4, 'entry_missing'],
    [
      'a row of a record',
      `update entity set member_to = '2030-01-01' where key = 'site'`,
      3,
      'record_differs',
    ],
    ['a text inside a record', `update service set name = '{"en":"Forged"}'`, 5, 'record_differs'],
    ['a record that vanished', `delete from service`, 5, 'record_missing'],
    [
      'a record that nobody logged',
      `insert into entity select organisation_id, gen_random_uuid(), 1, 'ghost', parent_id, kind, name, country, member_from, member_to from entity where key = 'site'`,
      null,
      'record_unlogged',
    ],
    [
      'a root',
      `update log_checkpoint set root = replace(root, substr(root, 1, 1), 'z') where size = 6`,
      null,
      'checkpoint_row',
    ],
    [
      'a note',
      `update log_checkpoint set note = replace(note, E'\\n4\\n', E'\\n5\\n') where size = 4`,
      null,
      'checkpoint_signature',
    ],
    ['a head that says more', `update log_head set size = 9`, 6, 'entry_missing'],
    [
      'characters added to a statement',
      `update log_entry set statement = statement || chr(30) where idx = 2`,
      2,
      'commitment',
    ],
    [
      'control characters in a column',
      `update log_entry set type = 'a' || chr(31) where idx = 2`,
      2,
      'entry_malformed',
    ],
  ])('names %s', async (_, statement, index, code) => {
    await asAdministrator(statement)
    const found = await codes()
    expect(found.codes).toContain(code)
    expect(found.firstBadIndex).toBe(index)
  })

  it('finds the same in a thread of its own', async () => {
    const whole = await examine(0)
    expect(whole).toEqual(await examine())
    expect(whole.count).toBe(0)
    await asAdministrator(`update log_entry set type = 'entity.renamed' where idx = 3`)
    const damaged = await examine(0)
    expect(damaged).toEqual(await examine())
    expect(damaged.firstBadIndex).toBe(3)
  })

  it('names the entry when leaf, columns and opening were replaced consistently', async () => {
    await asAdministrator(
      `update log_entry as a set leaf = replace(a.leaf, substr(a.leaf, position('"e"' in a.leaf), 42), substr(b.leaf, position('"e"' in b.leaf), 42))
       from log_entry as b where a.idx = 4 and b.idx = 5`,
    )
    const found = await codes()
    expect(found.codes).toContain('leaf_differs')
    expect(found.codes).toContain('checkpoint_root')
    expect(found.firstBadIndex).toBe(4)
  })

  /** Replaces what an entry says, and commits to it anew: salt, commitment and leaf fit each other. */
  const forge = async (index: number, change: (statement: string) => string) => {
    const [row] = await asAdministrator<{ leaf: string; statement: string }>(
      `select leaf, statement from log_entry where idx = ${index}`,
    )
    const statement = change(row?.statement ?? '')
    expect(statement).not.toBe(row?.statement)
    const salt = Buffer.alloc(32, 7)
    const c = encodeBase64(commit(salt, Buffer.from(statement)))
    const leaf = decodeUtf8(encodeLeaf({ ...decodeLeaf(Buffer.from(row?.leaf ?? '')), c }))
    const literal = pg.escapeLiteral
    await asAdministrator(
      `update log_entry set statement = ${literal(statement)}, salt = '\\x${salt.toString('hex')}', leaf = ${literal(leaf)} where idx = ${index}`,
    )
    return leaf
  }

  it('names a statement that was replaced and committed to anew, its record with it', async () => {
    await forge(3, (statement) => statement.replace('"country":"JP"', '"country":"US"'))
    // The site's newest entry: with its table changed as well, everything in the database agrees.
    await asAdministrator(`update entity set country = 'US' where key = 'site'`)
    const found = await codes()
    expect(found.codes).toEqual(['bundle_differs', 'checkpoint_root', 'leaf_differs'])
    expect(found.firstBadIndex).toBe(3)
  })

  it('finds it by the signed roots alone when the published files were replaced as well', async () => {
    const leaf = await forge(5, (statement) => statement.replace('"en":"Renamed"', '"en":"Forged!"'))
    await asAdministrator(`update service set name = '{"en":"Forged!"}'`)
    const store = tileStore(directory.path, home.organisationId)
    const tile = store.path({ level: 0, index: 0, width: 6 })
    await writeFile(
      tile,
      Buffer.concat([(await readFile(tile)).subarray(0, 160), leafHash(Buffer.from(leaf))]),
    )
    const bundle = store.path({ level: 'entries', index: 0, width: 6 })
    const leaves = decodeBundle(await readFile(bundle), 6)
    await writeFile(bundle, encodeBundle([...leaves.slice(0, 5), Buffer.from(leaf)]))
    const { findings } = await examine()
    expect(findings).toEqual([
      {
        code: 'checkpoint_root',
        index: null,
        detail: 'entries 4 to 5 do not lead to the signed root of size 6',
      },
    ])
  })

  it.each<[string, number, (statement: string) => string, string]>([
    [
      'has its members in another order',
      3,
      (text) => text.replace(/("command":"[^"]*"),("id":"[^"]*")/, '$2,$1'),
      'statement_not_canonical',
    ],
    [
      'has a blank that canonical JSON does not write',
      3,
      (text) => text.replace('"country":', '"country": '),
      'statement_not_canonical',
    ],
    [
      'names a member twice',
      2,
      (text) => text.replace('"country":"JP"', '"country":"JP","country":"JP"'),
      'statement_not_canonical',
    ],
    [
      'does not match its record',
      5,
      (text) => text.replace('"en":"Renamed"', '"en":"Forged"'),
      'record_differs',
    ],
  ])('names a statement that %s', async (_, index, change, code) => {
    await forge(index, change)
    const found = await codes()
    expect(found.codes).toContain(code)
    expect(found.firstBadIndex).toBe(index)
  })

  it('names a tile, an entry bundle and a published checkpoint that were changed, and not the database', async () => {
    const store = tileStore(directory.path, home.organisationId)
    await flip(store.path({ level: 0, index: 0, width: 6 }), 32 * 2)
    await flip(store.path({ level: 'entries', index: 0, width: 6 }), 40)
    const found = await examine()
    expect(found.findings).toEqual([
      { code: 'tile_differs', index: 2, detail: 'tile/0/000.p/6 differs from the entries' },
      { code: 'bundle_differs', index: 0, detail: 'tile/entries/000.p/6 differs' },
    ])
    await rm(store.path({ level: 0, index: 0, width: 6 }))
    expect((await codes()).codes).toContain('tile_missing')
    await store.publishCheckpoint(((await store.checkpoint()) ?? '').replace('\n6\n', '\n5\n'))
    expect((await codes()).codes).toContain('published_checkpoint')
  })

  it('names an object that is damaged or gone', async () => {
    world.runtime.objects.map.set(digest, Buffer.from('b document'))
    expect((await codes()).codes).toEqual(['object_damaged'])
    world.runtime.objects.map.delete(digest)
    expect((await codes()).codes).toEqual(['object_missing'])
  })

  it.each([
    ['inside its record', '"record":{', '"record":{,'],
    ['in its reason', '"reason":null', '"reason":7'],
    ['in who did it', '"kind":"person"', '"kind":"nobody"'],
  ])('names a statement that was committed to and is none: %s', async (_, from, to) => {
    const statement = `replace(statement, '${from}', '${to}')`
    // Leaf and statement still fit each other, as after a forgery by the application itself.
    await asAdministrator(
      `update log_entry set statement = ${statement}, leaf = overlay(leaf placing
         encode(sha256('assay-commit/v1'::bytea || '\\x00'::bytea || salt || sha256(convert_to(${statement}, 'UTF8'))), 'base64')
         from position('"c":"' in leaf) + 5 for 44) where idx = 3`,
    )
    const found = await codes()
    expect(found.codes).toContain('statement_malformed')
    expect(found.codes).not.toContain('commitment')
    expect(found.firstBadIndex).toBe(3)
  })

  it('names a counter that skips', async () => {
    await asAdministrator(`update log_entry set n = 7 where idx = 5; update service set version = 7`)
    expect((await codes()).codes).toContain('counter_gap')
  })
})
