import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { refusal } from '../../../tests/support/refusal.ts'
import { makeProgramme, type Programme } from '../../../tests/support/trust-world.ts'
import { callerWith, grantAll, makeWorld, type World } from '../../../tests/support/world.ts'
import { suspendCertificate, withdrawCertificate } from '../../certificates/server/commands.ts'
import { updateDocument, withdrawDocument } from '../../certificates/server/document-commands.ts'
import { reading } from '../../db/transaction.ts'
import { updateEntity } from '../../organisation/server/commands.ts'
import { answer, execute } from '../../server/execute.ts'
import { wordingDigest } from '../page-text.ts'
import { renderPage } from '../render.ts'
import {
  diffPublications,
  getPublication,
  listPublications,
  pageStatus,
  previewPage,
} from './publication-queries.ts'
import { publish } from './publish.ts'
import { createText, reviewText, updateText } from './text-commands.ts'
import { listPlaceholders, listTexts } from './text-queries.ts'

let world: World
let programme: Programme

beforeAll(async () => {
  world = await makeWorld('publish')
})
beforeEach(async () => {
  world.clock.set('2023-07-31T03:00:00.000Z')
  programme = await makeProgramme(world)
})
afterAll(() => world.close())

const manager = () => programme.home.manager
const publishPage = (input: { asOf?: string } = {}) => execute(world.runtime, manager(), publish, input)
const reasons = async () => (await refusal(publishPage())).fields.map((field) => field.code)
const texts = async () => (await answer(world.runtime, manager(), listTexts, {})).items
const objectText = async (digest: string) =>
  Buffer.from(await world.runtime.objects.get(digest)).toString('utf8')

async function entries(type: string): Promise<number> {
  return reading(world.database, programme.home.organisationId, async (tx) => {
    const rows = await tx.selectFrom('logEntry').select('idx').where('type', '=', type).execute()
    return rows.length
  })
}

it('publishes the page, logs it, and stores exactly the bytes that its content makes', async () => {
  const preview = await answer(world.runtime, manager(), previewPage, {})
  expect(preview.reasons).toEqual([])
  const first = await publishPage()
  expect([first.number, first.asOf, first.publishedOn]).toEqual([1, '2023-07-31', '2023-07-31'])
  expect(await entries('publication.published')).toBe(1)
  for (const language of ['en', 'ja'] as const) {
    const stored = await objectText(first.pages[language].digest)
    expect(stored).toBe(preview.html[language])
    const edition = { number: 1, publishedOn: first.publishedOn, stylesheet: first.pages.stylesheet.digest }
    const again = await answer(world.runtime, manager(), getPublication, { number: 1 })
    expect(renderPage(again.content, edition, language)).toBe(stored)
  }
  expect(await objectText(first.pages.en.digest)).toContain('the criteria, 127 in all')
  expect(await objectText(first.pages.ja.digest)).toContain('6分野・12要件')
})

it('renders the page of a past day today exactly as it was on that day', async () => {
  const then = await publishPage()
  const { iso27001 } = programme.certificates
  world.clock.set('2023-09-15T03:00:00.000Z')
  await execute(world.runtime, manager(), suspendCertificate, {
    id: iso27001.id,
    version: iso27001.version,
    on: '2023-09-01',
    reason: 'Audit overdue',
  })
  const past = await answer(world.runtime, { ...manager(), asOf: '2023-07-31' }, previewPage, {})
  expect(past.content).toEqual(then.content)
  expect(past.changes).toEqual([])
  expect(await reasons()).toContain('claim.suspended')
})

it('says when the live page is out of date and what would change', async () => {
  const before = await answer(world.runtime, manager(), pageStatus, {})
  expect([before.live, before.upToDate]).toEqual([null, false])
  await publishPage()
  const { root } = programme.home
  expect((await answer(world.runtime, manager(), pageStatus, {})).upToDate).toBe(true)
  await execute(world.runtime, programme.home.owner, updateEntity, {
    ...root,
    name: { en: 'LINE Holdings', ja: 'LINEホールディングス' },
  })
  const after = await answer(world.runtime, manager(), pageStatus, {})
  expect(after.upToDate).toBe(false)
  expect(after.holdsUntil).toBe('2024-02-19')
  expect(after.changes.find((change) => change.fact === 'holders' && change.language === 'en')).toMatchObject(
    {
      before: 'LINE Corporation, LINE Pay Corporation',
      after: 'LINE Holdings, LINE Pay Corporation',
    },
  )
  await publishPage()
  const { changes } = await answer(world.runtime, manager(), diffPublications, { from: 1, number: 2 })
  expect(changes).toEqual(after.changes)
  const list = await answer(world.runtime, manager(), listPublications, {})
  expect([list.items.map((one) => one.number), list.total, list.nextCursor]).toEqual([[2, 1], 2, null])
})

it('refuses a withdrawn certificate, a holder who left, a missing report, a report that is not open', async () => {
  const { iso27001 } = programme.certificates
  const [, pay] = programme.entities
  if (!pay) throw new Error('no entity')
  await execute(world.runtime, programme.home.owner, updateEntity, { ...pay, memberTo: '2023-06-30' })
  expect(await reasons()).toContain('claim.holder_not_member')
  await execute(world.runtime, manager(), withdrawCertificate, {
    id: iso27001.id,
    version: iso27001.version,
    on: '2023-07-01',
    reason: 'Given back',
  })
  expect(await reasons()).toContain('claim.withdrawn')
  const { soc3 } = programme.documents
  await execute(world.runtime, manager(), updateDocument, {
    id: soc3?.id ?? '',
    version: 1,
    kind: 'report',
    title: { en: 'Report', ja: '報告書' },
    language: 'en',
    distribution: 'on-request',
  })
  expect(await reasons()).toContain('claim.report_restricted')
  await execute(world.runtime, manager(), withdrawDocument, {
    id: soc3?.id ?? '',
    version: 2,
    reason: 'Mistake',
  })
  expect(await reasons()).toContain('claim.report_missing')
  expect(await entries('publication.published')).toBe(0)
})

it('refuses an expired certificate and a report that is too old', async () => {
  world.clock.set('2025-06-01T03:00:00.000Z')
  const codes = await reasons()
  expect(codes).toContain('claim.expired')
  expect(codes).toContain('claim.report_too_old')
})

it('refuses a day that has not come', async () => {
  expect((await refusal(publishPage({ asOf: '2023-08-01' }))).code).toBe('publication.future')
})

it('refuses a text whose words changed after its review, until another person has read it', async () => {
  const [policy] = await texts()
  if (!policy) throw new Error('no text')
  const { id, version, section, place, title, effectiveFrom, effectiveTo } = policy
  const body = { en: 'We protect information.', ja: '情報を守ります。' }
  const wording = { id, version, section, place, title, body, effectiveFrom, effectiveTo }
  const changed = await execute(world.runtime, programme.author, updateText, wording)
  expect(changed.review).toBeNull()
  expect(await reasons()).toEqual(['text.unreviewed'])
  const wanted = { id, version: changed.version, digest: wordingDigest(changed) }
  expect((await refusal(execute(world.runtime, programme.author, reviewText, wanted))).code).toBe(
    'text.review_own',
  )
  const stale = { ...wanted, digest: wordingDigest(policy) }
  expect((await refusal(execute(world.runtime, programme.reviewer, reviewText, stale))).code).toBe(
    'text.review_other_wording',
  )
  const machine = callerWith(programme.home.organisationId, [grantAll('manager')], world.runtime.random, {
    kind: 'key',
  })
  expect((await refusal(execute(world.runtime, machine, reviewText, wanted))).code).toBe('text.review_person')
  await execute(world.runtime, programme.reviewer, reviewText, wanted)
  expect((await publishPage()).number).toBe(1)
})

it('keeps a review when only the days of a text change', async () => {
  const [policy] = await texts()
  if (!policy) throw new Error('no text')
  const { id, version, section, place, title, body } = policy
  const moved = { id, version, section, place, title, body, effectiveFrom: '2023-01-01', effectiveTo: null }
  expect((await execute(world.runtime, programme.author, updateText, moved)).review).not.toBeNull()
})

it('refuses names and numbers that the register knows, with their position', async () => {
  const typed = {
    section: 'policy',
    place: 1,
    title: null,
    body: { en: 'LINE Pay Corporation holds IS 509132.', ja: '当社はＩＳＯの認証を有します。' },
    effectiveFrom: null,
    effectiveTo: null,
  }
  const problem = await refusal(execute(world.runtime, programme.author, createText, typed))
  expect(problem.fields.map(({ pointer, code, params }) => [pointer, code, params?.at])).toEqual(
    expect.arrayContaining([
      ['/body/en', 'text.name_typed', 1],
      ['/body/en', 'text.name_typed', 28],
      ['/body/en', 'text.numeral', 31],
      ['/body/ja', 'text.name_typed', 4],
    ]),
  )
})

it('lists what texts can take from the register today', async () => {
  const { items } = await answer(world.runtime, manager(), listPlaceholders, {})
  const filling = Object.fromEntries(items.map(({ placeholder, en }) => [placeholder, en]))
  expect(filling).toMatchObject({
    '{number:iso27001}': 'IS 509132',
    '{count:soc2:criteria}': '127',
    '{count:pci-dss:goals}': '6',
    '{count:pci-dss:requirements}': '12',
    '{principleCount:soc2}': 'five',
    '{level:pci-dss}': '1',
  })
})

it('lets one of several publications at once win each number', async () => {
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => publishPage()))
  const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.number] : []))
  const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
  expect(won.sort()).toEqual(won.map((_, at) => at + 1))
  expect(won.length).toBeGreaterThan(0)
  expect(lost.filter((code) => code !== 'publication.raced')).toEqual([])
  expect(won.length + lost.length).toBe(6)
  expect(await entries('publication.published')).toBe(won.length)
})

it('leaves no publication when it dies between the objects and the row', async () => {
  const { objects } = world.runtime
  const put = objects.put.bind(objects)
  let puts = 0
  const dying = {
    ...world.runtime,
    objects: {
      ...objects,
      put: async (...input: Parameters<typeof put>) => {
        const stored = await put(...input)
        if (++puts === 3) throw new Error('the process dies here')
        return stored
      },
    },
  }
  await expect(execute(dying, manager(), publish, {})).rejects.toThrow('the process dies here')
  expect(puts).toBe(3)
  expect(await entries('publication.published')).toBe(0)
  expect((await answer(world.runtime, manager(), listPublications, {})).items).toEqual([])
  const before = objects.map.size
  const first = await publishPage()
  expect(first.number).toBe(1)
  // The objects of the attempt that died are those of the page: content names them.
  expect(objects.map.size).toBe(before)
})

it('is for owners and managers, and invisible across organisations', async () => {
  const { organisationId } = programme.home
  const contributor = callerWith(organisationId, [grantAll('contributor')], world.runtime.random)
  expect((await refusal(execute(world.runtime, contributor, publish, {}))).kind).toBe('forbidden')
  const mine = await publishPage()
  const [text] = await texts()
  const other = await makeProgramme(world, 'Other Corporation', 'other')
  expect((await answer(world.runtime, other.home.manager, listPublications, {})).items).toEqual([])
  expect((await refusal(answer(world.runtime, other.home.manager, getPublication, { number: 1 }))).kind).toBe(
    'not_found',
  )
  const foreign = { id: text?.id ?? '', version: text?.version ?? 1, digest: text?.digest ?? '' }
  expect((await refusal(execute(world.runtime, other.reviewer, reviewText, foreign))).kind).toBe('not_found')
  await expect(
    reading(world.database, other.home.organisationId, async (tx) =>
      tx.selectFrom('publication').select('id').where('id', '=', mine.id).execute(),
    ),
  ).resolves.toEqual([])
})
