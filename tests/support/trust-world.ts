import type { Certificate } from '../../src/certificates/certificate.ts'
import { registerCertificate } from '../../src/certificates/server/commands.ts'
import { attachDocument } from '../../src/certificates/server/document-commands.ts'
import type { Id } from '../../src/kernel/id.ts'
import type { Entity } from '../../src/organisation/entity.ts'
import { createEntity, createService } from '../../src/organisation/server/commands.ts'
import { addPerson } from '../../src/people/server/commands.ts'
import { giveGrant } from '../../src/people/server/grant-commands.ts'
import { execute } from '../../src/server/execute.ts'
import type { Caller } from '../../src/server/runtime.ts'
import { wordingDigest } from '../../src/trust/page-text.ts'
import { createText, reviewText } from '../../src/trust/server/text-commands.ts'
import { demoTexts } from './trust-facts.ts'
import { callerWith, foundHome, grantAll, type Home, type World } from './world.ts'

export type Programme = {
  home: Home
  author: Caller
  reviewer: Caller
  entities: Entity[]
  certificates: Record<'iso27001' | 'soc2' | 'soc3' | 'pci-dss', Certificate>
  documents: Record<string, { id: Id; digest: string }>
}

const open = { from: null, to: null }

const noTerm = {
  basis: 'initial' as const,
  edition: null,
  standard: null,
  localEquivalent: null,
  decisionDate: null,
  issueDate: null,
  effectiveDate: null,
  expiryDate: null,
  soaVersion: null,
  soaDate: null,
  report: null,
  pci: null,
}

const issuedBy = (en: string, ja: string) => ({ name: { en, ja }, accreditation: null })

const socTerm = (use: 'restricted' | 'general') => ({
  ...noTerm,
  edition: 'tsp-2014',
  issuer: issuedBy('Example Audit LLC', '例示監査法人'),
  issueDate: '2023-06-15',
  report: {
    type: 2 as const,
    asOfDate: null,
    periodFrom: '2022-04-01',
    periodTo: '2023-03-31',
    categories: ['security', 'privacy'],
    opinion: 'unmodified' as const,
    qualification: null,
    use,
    countMode: 'criteria-per-principle' as const,
  },
})

async function people(world: World, home: Home, names: string[]): Promise<Caller[]> {
  const callers: Caller[] = []
  for (const name of names) {
    const person = await execute(world.runtime, home.system, addPerson, {
      name: { en: name },
      email: `${name.toLowerCase()}@example.com`,
      entityId: null,
      jobTitle: null,
      state: 'active',
      accountId: null,
    })
    await execute(world.runtime, home.system, giveGrant, {
      personId: person.id,
      role: 'manager',
      entityId: null,
      certificateId: null,
    })
    callers.push(
      callerWith(home.organisationId, [grantAll('manager')], world.runtime.random, { id: person.id, name }),
    )
  }
  return callers
}

async function company(world: World, home: Home, key: string, en: string, ja: string): Promise<Entity> {
  return execute(world.runtime, home.owner, createEntity, {
    key,
    parentId: home.root.id,
    kind: 'company',
    name: { en, ja },
    country: 'JP',
    memberFrom: null,
    memberTo: null,
  })
}

async function service(world: World, home: Home, entityId: Id, key: string, en: string, ja: string) {
  return execute(world.runtime, home.owner, createService, {
    key,
    entityId,
    kind: 'product',
    name: { en, ja },
    offeredFrom: null,
    offeredTo: null,
  })
}

type Registered = Pick<Certificate, 'key' | 'scheme' | 'kind'> & {
  number?: string
  holders: Id[]
  services?: Id[]
  scope?: { en: string; ja: string }
  initialDate?: string
  term: Omit<Certificate['terms'][number], 'id'>
}

const register = (world: World, home: Home, one: Registered) =>
  execute(world.runtime, home.owner, registerCertificate, {
    key: one.key,
    scheme: one.scheme,
    kind: one.kind,
    number: one.number ?? null,
    initialDate: one.initialDate ?? null,
    holders: one.holders.map((entityId) => ({ entityId, ...open })),
    services: (one.services ?? []).map((serviceId) => ({ serviceId, ...open })),
    scopes: one.scope ? [{ text: one.scope, ...open }] : [],
    terms: [one.term],
    events: [],
    verificationUrl: null,
    verificationCheckedOn: null,
  })

export async function paper(
  world: World,
  home: Home,
  certificateId: Id,
  kind: 'certificate' | 'report' | 'aoc',
  distribution: 'public' | 'on-request' | 'internal',
  words = `${kind} of ${certificateId}`,
): Promise<{ id: Id; digest: string }> {
  const bytes = Buffer.from(`%PDF-1.7 ${words}`)
  const stream = (async function* () {
    yield new Uint8Array(bytes)
  })()
  const { digest, size } = await world.runtime.objects.put(stream, 1_000_000)
  return execute(world.runtime, home.owner, attachDocument, {
    certificateId,
    termId: null,
    kind,
    title: { en: `The ${kind}`, ja: `文書（${kind}）` },
    fileName: `${kind} 報告書.pdf`,
    mediaType: 'application/pdf',
    size,
    digest,
    language: 'en',
    distribution,
  })
}

/** An organisation with the four programmes, their papers, and texts that a second person has reviewed. */
export async function makeProgramme(
  world: World,
  name = 'LINE Corporation',
  key = 'line',
): Promise<Programme> {
  const home = await foundHome(world, name, key)
  const [author, reviewer] = (await people(world, home, ['Author', 'Reviewer'])) as [Caller, Caller]
  const pay = await company(world, home, 'pay', 'LINE Pay Corporation', 'LINE Pay株式会社')
  const messenger = await service(
    world,
    home,
    home.root.id,
    'messenger',
    'LINE messenger',
    'LINEメッセンジャー',
  )
  const paying = await service(world, home, pay.id, 'line-pay', 'LINE Pay', 'LINE Pay')
  const root = home.root.id
  const certificates = {
    iso27001: await register(world, home, {
      key: 'iso27001',
      scheme: 'iso27001',
      kind: 'certificate',
      number: 'IS 509132',
      initialDate: '2007-01-10',
      holders: [root, pay.id],
      scope: {
        en: 'The planning, development and management of Web Services.',
        ja: 'ウェブサービスの企画、開発、運営',
      },
      term: {
        ...noTerm,
        basis: 'recertification',
        edition: 'iso27001-2013',
        localEquivalent: 'JIS Q 27001:2014',
        issuer: issuedBy('BSI Group Japan', 'BSIグループジャパン'),
        decisionDate: '2022-01-10',
        expiryDate: '2025-01-09',
      },
    }),
    soc2: await register(world, home, {
      key: 'soc2',
      scheme: 'soc2',
      kind: 'attestation-report',
      holders: [root],
      services: [messenger.id],
      term: socTerm('restricted'),
    }),
    soc3: await register(world, home, {
      key: 'soc3',
      scheme: 'soc3',
      kind: 'attestation-report',
      holders: [root],
      services: [messenger.id],
      term: socTerm('general'),
    }),
    'pci-dss': await register(world, home, {
      key: 'pci-dss',
      scheme: 'pci-dss',
      kind: 'attestation-report',
      holders: [pay.id],
      services: [paying.id],
      term: {
        ...noTerm,
        edition: 'pci-dss-3.2.1',
        issuer: issuedBy('Example QSA Ltd.', '例示評価株式会社'),
        pci: {
          level: 1,
          role: 'service-provider',
          assessor: { en: 'Example QSA Ltd.', ja: '例示評価株式会社' },
          rocDate: '2023-02-20',
          aocDate: '2023-02-20',
          result: 'compliant',
          coverage: 'full',
        },
      },
    }),
  }
  const documents = {
    iso27001: await paper(world, home, certificates.iso27001.id, 'certificate', 'internal'),
    soc2: await paper(world, home, certificates.soc2.id, 'report', 'on-request'),
    soc3: await paper(world, home, certificates.soc3.id, 'report', 'public'),
    pci: await paper(world, home, certificates['pci-dss'].id, 'aoc', 'on-request'),
  }
  for (const text of demoTexts()) {
    const created = await execute(world.runtime, author, createText, {
      ...text,
      effectiveFrom: null,
      effectiveTo: null,
    })
    const { id, version } = created
    await execute(world.runtime, reviewer, reviewText, { id, version, digest: wordingDigest(created) })
  }
  return { home, author, reviewer, entities: [home.root, pay], certificates, documents }
}
