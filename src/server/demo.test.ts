import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundHome, makeWorld, type World } from '../../tests/support/world.ts'
import { getCertificate, listCertificates } from '../certificates/server/queries.ts'
import { reading } from '../db/transaction.ts'
import type { Id } from '../kernel/id.ts'
import type { PageContent } from '../trust/content.ts'
import { loadDemo } from './demo.ts'
import { answer, execute } from './execute.ts'
import { applyProgramme } from './programme/apply.ts'
import { getProgramme } from './programme/queries.ts'
import { receiveFile } from './programme/received.ts'
import { systemCaller } from './system-caller.ts'

let world: World
let organisationId: Id
let first: PageContent
let second: PageContent

const directory = fileURLToPath(new URL('../../demo/', import.meta.url))
const parts = { directory, accountFor: async (_: string, email: string) => `account of ${email}` }

async function* once(bytes: Uint8Array) {
  yield bytes
}

const editions = () =>
  reading(world.database, organisationId, (tx) =>
    tx.selectFrom('publication').selectAll().orderBy('number').execute(),
  )

const entries = () =>
  reading(world.database, organisationId, (tx) =>
    tx.selectFrom('logEntry').select(['type', 'statement']).orderBy('idx').execute(),
  )

beforeAll(async () => {
  world = await makeWorld('demo')
  organisationId = (await loadDemo(world.runtime, parts)) ?? ''
  const [one, two] = (await editions()).map((edition) => edition.content as PageContent)
  if (!one || !two) throw new Error('the demo has not published twice')
  first = one
  second = two
})
afterAll(() => world.close())

const claimOf = (content: PageContent, scheme: string) => {
  const found = content.sections.flatMap((section) => section.claims).find((claim) => claim.scheme === scheme)
  if (!found) throw new Error(`no claim of ${scheme}`)
  return found
}

const rowOf = (content: PageContent, scheme: string, key: string, language: 'en' | 'ja') =>
  claimOf(content, scheme).rows.find((row) => row.key === key)?.value[language]

const prose = (key: string, language: 'en' | 'ja') =>
  second.sections
    .filter((section) => section.key === key)
    .flatMap((section) => [section.heading[language], ...section.paragraphs.map((one) => one[language])])
    .join('\n')

describe('the page of 31 July 2023', () => {
  it('states the certificate as the page of that day did', () => {
    const facts = (language: 'en' | 'ja') =>
      ['holders', 'number', 'standard', 'scope', 'initial-date', 'body'].map((key) =>
        rowOf(second, 'iso27001', key, language),
      )
    expect(facts('en')).toEqual([
      'LINE Corporation, LINE Fukuoka Corporation, LINE Marketing Partners Corporation, LINE Healthcare Corporation',
      'IS 509132',
      'JIS Q 27001:2014 (ISO/IEC 27001:2013)',
      'The planning, development and management of Web Services.',
      'January 10, 2007',
      'BSI Group Japan',
    ])
    expect(facts('ja')).toEqual([
      'LINE株式会社、LINE Fukuoka株式会社、LINE Marketing Partners株式会社、LINEヘルスケア株式会社',
      'IS 509132',
      'JIS Q 27001:2014 (ISO/IEC 27001:2013)',
      'Webサービスの企画・開発・運用',
      '2007年1月10日',
      'BSIグループジャパン株式会社',
    ])
  })

  it('tells of 127 criteria on five principles, by the AICPA and the CICA', () => {
    expect(prose('soc', 'en')).toMatch(/SOC 2 & SOC 3/)
    expect(prose('soc', 'en')).toMatch(/127 in all, which rest on five basic principles/)
    expect(prose('soc', 'en')).toContain(
      'security, availability, processing integrity, confidentiality and privacy',
    )
    expect(prose('soc', 'en')).toMatch(/\(AICPA\).*\(CICA/)
    expect(prose('soc', 'en')).toMatch(/LINE messenger/)
    expect(prose('soc', 'ja')).toMatch(/合計127の規準/)
    expect(prose('soc', 'ja')).toMatch(/セキュリティ、可用性、.*プライバシー.*(5|五)つの基本原則/)
  })

  it('offers the SOC 3 report to everyone and the SOC 2 report on request only', () => {
    expect(claimOf(second, 'soc3').documents).toMatchObject([
      { fileName: 'soc3-report-2022.pdf', access: 'public' },
    ])
    expect(claimOf(second, 'soc2').documents).toMatchObject([
      { fileName: 'soc2-report-2022.pdf', access: 'on-request' },
    ])
  })

  it('tells of level 1, 12 requirements in 6 areas and the five brands', () => {
    expect(prose('pci-dss', 'en')).toMatch(/PCI DSS Level 1 certification/)
    expect(prose('pci-dss', 'en')).toMatch(/12 requirements in 6 areas/)
    expect(prose('pci-dss', 'en')).toMatch(
      /five global payment brands founded: American Express, Discover Financial Services, JCB International, Mastercard and Visa/i,
    )
    expect(prose('pci-dss', 'en')).toMatch(/Qualified Security Assessor/)
    expect(prose('pci-dss', 'ja')).toMatch(/レベル1/)
    expect(prose('pci-dss', 'ja')).toMatch(/6分野・12要件/)
    expect(prose('pci-dss', 'ja')).toMatch(/American Express.*ブランド(5|五)社/)
    expect(rowOf(second, 'pci-dss', 'services', 'en')).toBe('LINE Pay')
  })
})

describe('the edition of the year before', () => {
  it('names five companies, and last year’s reports', async () => {
    expect((await editions()).map(({ number, asOf, publishedOn }) => [number, asOf, publishedOn])).toEqual([
      [1, '2022-07-31', '2023-07-31'],
      [2, '2023-07-31', '2023-07-31'],
    ])
    expect(claimOf(first, 'iso27001').holders.map((holder) => holder.en)).toEqual([
      'LINE Corporation',
      'LINE Fukuoka Corporation',
      'LINE Growth Technology Corporation',
      'LINE Marketing Partners Corporation',
      'LINE Healthcare Corporation',
    ])
    expect(claimOf(first, 'soc3').documents.map((one) => one.fileName)).toEqual(['soc3-report-2021.pdf'])
    expect(rowOf(first, 'pci-dss', 'issued', 'en')).toBe('February 22, 2022')
  })
})

describe('the register behind it', () => {
  it('is sound on the day: everything active, one company gone since 31 March 2023', async () => {
    const system = systemCaller(organisationId)
    const { items } = await answer(world.runtime, system, listCertificates, {})
    expect(items.map((one) => [one.key, one.state, one.validUntil])).toEqual([
      ['iso27001-line', 'active', '2025-01-09'],
      ['pci-dss-line-pay', 'active', '2024-02-20'],
      ['soc2-line', 'active', '2023-12-31'],
      ['soc3-line', 'active', '2023-12-31'],
    ])
    const iso = items[0]
    const holders = async (asOf: string) =>
      (await answer(world.runtime, { ...system, asOf }, getCertificate, { id: iso?.id })).currentHolders
        .length
    expect([await holders('2023-03-31'), await holders('2023-04-01')]).toEqual([5, 4])
    const urgent = items.flatMap((one) => one.warnings.filter((warning) => warning.severity === 'high'))
    expect(urgent.map((warning) => [warning.params.edition, warning.due])).toEqual([
      ['PCI DSS v3.2.1', '2024-03-31'],
    ])
  })

  it('has a person for every role, whose own acts the reviews and editions are', async () => {
    const log = (await entries()).map((entry) => JSON.parse(entry.statement ?? '{}'))
    const actors = (type: string) =>
      new Set(log.filter((one) => one.type === type).map((one) => `${one.actor.kind} ${one.actor.name}`))
    expect(actors('page_text.reviewed')).toEqual(new Set(['person Ken Morita']))
    // Strangers are given these statements: they name the role, and an id that leads to the person.
    expect(actors('publication.published')).toEqual(new Set(['person owner']))
    const publishers = log.filter((one) => one.type === 'publication.published').map((one) => one.actor.id)
    const people = log.filter((one) => one.noun === 'person' && publishers.includes(one.id))
    expect(new Set(people.map((one) => one.record.name.en))).toEqual(new Set(['Sakura Hayashi']))
    expect(actors('certificate.registered')).toEqual(new Set(['system Assay']))
    const roles = log.filter((one) => one.type === 'grant.given').map((one) => one.record.role)
    expect([...new Set(roles)].sort()).toEqual(['auditor', 'contributor', 'manager', 'owner', 'reader'])
    const now = world.clock.now().toISOString()
    expect(new Set(log.map((one) => one.recordedAt))).toEqual(new Set([now]))
  })

  it('is loaded once: a second start changes and logs nothing', async () => {
    const before = (await entries()).length
    expect(await loadDemo(world.runtime, parts)).toBe(organisationId)
    expect(await entries()).toHaveLength(before)
  })
})

describe('the demo as a file', () => {
  it('is written as a programme that changes nothing when it is applied again', async () => {
    const system = systemCaller(organisationId)
    const { programme } = await answer(world.runtime, system, getProgramme, {})
    expect(programme).toContain('JIS Q 27001:2014')
    expect(programme).not.toMatch(/account of|null/)
    const files = Object.fromEntries(
      [...programme.matchAll(/objects\/([0-9a-f]{64})/g)].map(([path, digest]) => [path, digest]),
    )
    const before = (await entries()).length
    const applied = await execute(world.runtime, system, applyProgramme, { programme, files })
    expect(applied.changes.filter((one) => one.action !== 'unchanged')).toEqual([])
    expect(applied.counts.unchanged).toBeGreaterThan(800)
    expect(await entries()).toHaveLength(before)
  })

  it('makes an organisation of its own where it is applied afresh', async () => {
    const { programme } = await answer(world.runtime, systemCaller(organisationId), getProgramme, {})
    const other = await makeWorld('demo-elsewhere')
    try {
      const home = await foundHome(other)
      const files: Record<string, string> = {}
      for (const [path, digest = ''] of programme.matchAll(/objects\/([0-9a-f]{64})/g)) {
        const bytes = await world.runtime.objects.get(digest)
        const stored = await other.runtime.objects.put(once(bytes), 1e6)
        await execute(other.runtime, home.owner, receiveFile, stored)
        files[path] = digest
      }
      const real = programme.replace(/ +demoDay: .*\n/, '')
      await execute(other.runtime, home.owner, applyProgramme, { programme: real, files })
      const twice = await execute(other.runtime, home.owner, applyProgramme, { programme: real, files })
      expect(twice.counts).toMatchObject({ create: 0, update: 0 })
      const { items } = await answer(other.runtime, home.owner, listCertificates, {})
      expect(items.map((one) => one.number)).toContain('IS 509132')
      // A demo's calendar is no real organisation's.
      await expect(
        execute(other.runtime, home.owner, applyProgramme, { programme, files }),
      ).rejects.toMatchObject({ fields: [{ code: 'organisation.not_a_demo' }] })
    } finally {
      await other.close()
    }
  })
})

it('continues where an interrupted first run stopped, and doubles nothing', async () => {
  const other = await makeWorld('demo-interrupted')
  try {
    let calls = 0
    const failing = {
      ...other.runtime,
      appended: async () => {
        calls += 1
        if (calls === 5) throw new Error('the power is cut')
      },
    }
    await expect(loadDemo(failing, parts)).rejects.toThrow('the power is cut')
    const id = (await loadDemo(other.runtime, parts)) ?? ''
    const count = (table: 'publication' | 'person' | 'certificate' | 'document') =>
      reading(other.database, id, async (tx) => (await tx.selectFrom(table).select('id').execute()).length)
    expect([
      await count('publication'),
      await count('person'),
      await count('certificate'),
      await count('document'),
    ]).toEqual([2, 16, 4, 7])
  } finally {
    await other.close()
  }
})

it('leaves a real organisation alone', async () => {
  const other = await makeWorld('demo-real')
  try {
    await foundHome(other)
    expect(await loadDemo(other.runtime, parts)).toBeNull()
  } finally {
    await other.close()
  }
})
