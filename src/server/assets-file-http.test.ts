import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type HttpWorld, makeHttpWorld } from '../../tests/support/http.ts'
import { shiftJis } from '../../tests/support/shift-jis.ts'
import { callerWith, foundHome, grantAll, type Home } from '../../tests/support/world.ts'
import { asset } from '../assets/asset.ts'
import { createAsset } from '../assets/server/commands.ts'
import { listAssets } from '../assets/server/list-query.ts'
import { reading } from '../db/transaction.ts'
import { createEntity, createService } from '../organisation/server/commands.ts'
import { addPerson } from '../people/server/commands.ts'
import { registerAssetFileRoutes } from './assets-file-http.ts'
import { answer, execute } from './execute.ts'
import type { Caller } from './runtime.ts'

let world: HttpWorld
let home: Home
let caller: Caller

beforeAll(async () => {
  world = await makeHttpWorld('assets-file', () => caller, registerAssetFileRoutes)
})
afterAll(() => world.close())

/** The entity, the service and the person that rows name: the same keys in every organisation. */
beforeEach(async () => {
  home = await foundHome(world)
  caller = home.manager
  await execute(world.runtime, home.owner, createEntity, {
    ...{ key: 'pay', parentId: home.root.id, kind: 'company', name: { en: 'Pay', ja: 'ペイ' } },
    ...{ country: null, memberFrom: null, memberTo: null },
  })
  await execute(world.runtime, home.owner, createService, {
    ...{ key: 'wallet', entityId: home.root.id, kind: 'product', name: { en: 'Wallet' } },
    ...{ offeredFrom: null, offeredTo: null },
  })
  await execute(world.runtime, home.system, addPerson, {
    ...{ name: { en: 'Owner' }, email: 'owner@example.org', entityId: null, jobTitle: null },
    ...{ state: 'active', accountId: null },
  })
})

type Answer = {
  applied: boolean
  counts: Record<string, number>
  unknownColumns: string[]
  notes: { code: string }[]
  rows: {
    row: number
    key: string
    fate: string
    changes: string[]
    problems: { pointer: string; code: string; detail: string }[]
  }[]
  errors?: { pointer: string; code: string }[]
}

async function sent(bytes: Buffer | string, mode = 'dry-run', mediaType = 'text/csv') {
  const response = await world.app.inject({
    method: 'POST',
    url: `/api/assets/import?mode=${mode}`,
    payload: bytes,
    headers: { 'content-type': mediaType },
  })
  return { status: response.statusCode, body: response.json<Answer>() }
}

const exported = async (format: 'csv' | 'xlsx', query = '') => {
  const response = await world.app.inject({ method: 'GET', url: `/api/assets/export.${format}${query}` })
  expect(response.statusCode).toBe(200)
  return response.rawPayload
}

const register = async () => (await answer(world.runtime, home.owner, listAssets, {})).items

const entries = () =>
  reading(world.database, home.organisationId, async (tx) => {
    const rows = await tx.selectFrom('logEntry').select('type').where('noun', '=', asset.noun).execute()
    return rows.map((row) => row.type)
  })

const problems = ({ rows }: Answer) =>
  rows.flatMap((row) => row.problems.map(({ pointer, code }) => `${row.row}${pointer} ${code}`))

async function fill(): Promise<void> {
  const make = (input: Record<string, unknown>) => execute(world.runtime, home.owner, createAsset, input)
  const wallet = (await answer(world.runtime, home.owner, listAssets, {})).total
  expect(wallet).toBe(0)
  const hall = await make({
    ...{ key: 'hall', name: { ja: 'データセンター' }, kind: 'site', entityId: home.root.id },
    ...{ location: { en: 'Tokyo', ja: '東京' }, inUseFrom: '2020-04-01' },
  })
  await make({
    ...{ key: 'records', name: { en: '=HYPERLINK("x"), "quoted"\nline', ja: '＝式のような名前' } },
    ...{ kind: 'information', entityId: home.root.id, classification: 'secret', personalData: true },
    value: { confidentiality: 4, integrity: 3, availability: null },
    override: {
      confidentiality: null,
      integrity: null,
      availability: { level: 1, reason: 'Kept twice, elsewhere.' },
    },
    ...{ cardData: true, retention: { months: 60, basis: { en: 'Law', ja: '法令' } } },
    ...{ dependsOn: [hall.id], identifiers: ['a.example', '192.0.2.1'], description: { en: '@cmd' } },
  })
}

describe('a register as a file', () => {
  it.each(['csv', 'xlsx'] as const)('comes back from %s as it went, and changes nothing', async (format) => {
    await fill()
    const before = await register()
    const file = await exported(format)
    const again = await sent(file, 'apply')
    expect(again.status).toBe(200)
    expect(again.body.counts).toEqual({ create: 0, update: 0, unchanged: 2, error: 0 })
    expect(again.body.unknownColumns).toEqual([])
    expect(await entries()).toEqual(['asset.created', 'asset.created'])
    // And makes the same register elsewhere.
    home = await foundHome(world, 'Example Corporation', 'example')
    caller = home.manager
    expect((await sent(file, 'apply')).body.counts).toMatchObject({ create: 2 })
    const bare = (all: typeof before) =>
      all.map(({ id: _, entityId: __, dependsOn, abilities: ___, ...rest }) => ({
        ...rest,
        dependsOn: dependsOn.length,
      }))
    expect(bare(await register())).toEqual(bare(before))
  })

  it('neutralises what a spreadsheet would take for a formula', async () => {
    await fill()
    const text = (await exported('csv')).toString('utf8')
    expect(text).toContain(`"'=HYPERLINK(`)
    expect(text).toContain(`'@cmd`)
    expect(text).not.toMatch(/(^|,)"?[=@]/m)
  })

  it('has what the list shows and no more', async () => {
    await fill()
    const lines = (await exported('csv', '?kind=site')).toString('utf8').trim().split('\n')
    expect(lines.filter((line) => /^"?(hall|records)/.test(line))).toHaveLength(1)
  })
})

describe('a register that people kept by hand', () => {
  const japanese = [
    '管理番号,資産名,種別,会社,管理者,機密区分,機密性,完全性,可用性,個人情報,保管場所,保存期間,根拠,利用開始日,依存先',
    'customer-list,顧客名簿,情報,ペイ,owner@example.org,極秘,最高,３,2,有,本社,5年,会社法,令和5年4月1日,crm',
    'crm,顧客管理,システム,ペイ,,秘,高,中,低,はい,,,,H31.4.30,',
  ].join('\r\n')

  it('is read in Shift_JIS, with Japanese headings, words and eras', async () => {
    const { status, body } = await sent(shiftJis(japanese))
    expect(status).toBe(200)
    expect(body.notes.map((note) => note.code)).toEqual(['tabular.note_shift_jis'])
    // What is kept for how long has to say on what grounds; our name for that column is not "根拠".
    expect(body.unknownColumns).toEqual(['根拠'])
    expect(problems(body)).toEqual(['2/retention.basis.en exchange.missing'])
    const put = await sent(shiftJis(japanese.replace('根拠', 'retention.basis.ja')), 'apply')
    expect(put.body.counts).toMatchObject({ create: 2, error: 0 })
    const [crm, list] = await register()
    expect(list).toMatchObject({
      ...{ key: 'customer-list', name: { ja: '顧客名簿' }, kind: 'information', classification: 'secret' },
      value: { confidentiality: 4, integrity: 3, availability: 2 },
      ...{ personalData: true, location: { ja: '本社' }, inUseFrom: '2023-04-01', dependsOn: [crm?.id] },
      retention: { months: 60, basis: { ja: '会社法' } },
    })
    expect(crm).toMatchObject({ inUseFrom: '2019-04-30', personalData: true })
    expect(crm?.effective).toEqual({ confidentiality: 4, integrity: 3, availability: 2 })
    expect(await entries()).toEqual(['asset.created', 'asset.created'])
  })

  it('is pasted from a spreadsheet without keys, twice without doubles', async () => {
    const pasted = 'Name\t名称\tType\tEntity\nMail archive\tメール\tdata\tpay\n\t勤怠台帳\t情報\tpay\n'
    const first = await sent(pasted, 'apply', 'text/tab-separated-values')
    expect(first.body.counts).toMatchObject({ create: 2 })
    expect((await register()).map((one) => one.key)).toEqual([
      expect.stringMatching(/^asset-[0-9a-f]{8}$/),
      'mail-archive',
    ])
    const second = await sent(pasted, 'apply', 'text/tab-separated-values')
    expect(second.body.counts).toMatchObject({ create: 0, unchanged: 2 })
  })

  it('says of each row what is wrong with it, and changes nothing', async () => {
    const file = [
      'key,name.en,kind,entity,owner,confidentiality,dependsOn,inUseFrom,personalData',
      'a,A,system,pay,nobody@example.org,9,b,2023-02-30,maybe',
      'b,B,rocket,nowhere,,,,,',
      'a,A again,system,pay,,,,,',
      'c,C,system,pay,,,d,,',
      'd,D,system,pay,,,c,,',
      'e,E,system,pay,,,gone,H31.5.1,',
    ].join('\n')
    const { body } = await sent(file)
    expect(problems(body)).toEqual([
      '2/owner exchange.person_unknown',
      '2/confidentiality asset.level_unreadable',
      '2/personalData exchange.yes_or_no',
      '2/inUseFrom asset.day_unreadable',
      '3/entity exchange.entity_unknown',
      '3/kind invalid_value',
      '4/key exchange.key_twice',
      '5/dependsOn asset.circle',
      '7/dependsOn exchange.asset_unknown',
      '7/inUseFrom asset.day_unreadable',
    ])
    const refused = await sent(file, 'apply')
    expect(refused.status).toBe(400)
    expect(await register()).toEqual([])
    expect(await entries()).toEqual([])
  })

  it('with more than two hundred thousand rows is refused with the limit, and reads none of them', async () => {
    const rows = Array.from({ length: 200_001 }, (_, at) => `k${at},A`)
    const { status, body } = await sent(['key,name.en', ...rows].join('\n'), 'apply')
    expect(status).toBe(400)
    expect(body.errors?.map((one) => one.code)).toEqual(['tabular.too_many_rows'])
    expect(await register()).toEqual([])
  })

  it('is taken from nobody who may not import', async () => {
    caller = callerWith(home.organisationId, [grantAll('reader')], world.runtime.random)
    expect((await sent(japanese, 'apply')).status).toBe(403)
  })
})
