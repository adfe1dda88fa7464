import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { loadCatalogue } from '../../src/frameworks/server/load.ts'
import type { ClaimFacts, HolderFacts, TrustFacts } from '../../src/trust/facts.ts'
import { type PageText, wordingDigest } from '../../src/trust/page-text.ts'

const catalogue = loadCatalogue(fileURLToPath(new URL('../../frameworks/', import.meta.url)))

export const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

export const holderNamed = (n: number, en: string, ja: string): HolderFacts => ({
  id: idOf(n),
  name: { en, ja },
  member: true,
})

/** A current certificate with nothing in it but what is given. */
export const claimFacts = (
  n: number,
  key: string,
  scheme: string,
  parts: Partial<ClaimFacts>,
): ClaimFacts => ({
  certificateId: idOf(n),
  key,
  scheme,
  standing: 'current',
  endedOn: null,
  number: null,
  initialDate: null,
  holders: [],
  services: [],
  scope: null,
  standards: [],
  edition: null,
  categories: [],
  level: null,
  reportType: null,
  periodFrom: null,
  periodTo: null,
  issuedOn: null,
  expiresOn: null,
  body: null,
  bridged: false,
  denial: null,
  qualification: null,
  qualified: false,
  countMode: null,
  verificationUrl: null,
  documents: [],
  ...parts,
})

const line = holderNamed(1, 'LINE Corporation', 'LINE株式会社')
const pay = holderNamed(5, 'LINE Pay Corporation', 'LINE Pay株式会社')
const messenger = {
  id: idOf(20),
  name: { en: 'LINE messenger', ja: 'LINEメッセンジャー' },
  offered: true,
  answering: [line.id],
}
const paying = {
  id: idOf(21),
  name: { en: 'LINE Pay', ja: 'LINE Pay' },
  offered: true,
  answering: [pay.id, line.id],
}

const report = (n: number, kind: string, access: 'public' | 'on-request', title: [string, string]) => ({
  id: idOf(n),
  kind,
  title: { en: title[0], ja: title[1] },
  fileName: `${kind}.pdf`,
  mediaType: 'application/pdf',
  size: 482_133,
  digest: String(n).padStart(2, '0').repeat(32),
  language: 'en',
  access,
})

const soc = {
  holders: [line],
  services: [messenger],
  edition: 'tsp-2014',
  categories: ['security', 'privacy'],
  reportType: 2,
  periodFrom: '2022-04-01',
  periodTo: '2023-03-31',
  issuedOn: '2023-06-15',
  expiresOn: '2024-03-31',
  body: { en: 'Example Audit LLC', ja: '例示監査法人' },
}

/** The facts of the page that the project was asked to make, on its day. */
export const seedFacts = (): TrustFacts => ({
  organisation: { id: idOf(100), name: { en: 'LINE Corporation', ja: 'LINE株式会社' } },
  day: '2023-07-31',
  reference: catalogue,
  claims: [
    claimFacts(31, 'iso27001', 'iso27001', {
      number: 'IS 509132',
      initialDate: '2007-01-10',
      holders: [
        line,
        holderNamed(2, 'LINE Fukuoka Corporation', 'LINE Fukuoka株式会社'),
        holderNamed(3, 'LINE Marketing Partners Corporation', 'LINEマーケティングパートナーズ株式会社'),
        holderNamed(4, 'LINE Healthcare Corporation', 'LINEヘルスケア株式会社'),
      ],
      scope: {
        en: 'The planning, development and management of Web Services.',
        ja: 'ウェブサービスの企画、開発、運営',
      },
      standards: ['JIS Q 27001:2014', 'ISO/IEC 27001:2013'],
      edition: 'iso27001-2013',
      issuedOn: '2022-01-10',
      expiresOn: '2025-01-09',
      documents: [report(40, 'certificate', 'public', ['Certificate', '登録証'])],
      body: { en: 'BSI Group Japan', ja: 'BSIグループジャパン' },
    }),
    claimFacts(32, 'soc2', 'soc2', {
      ...soc,
      documents: [report(41, 'report', 'on-request', ['SOC 2 report', 'SOC 2報告書'])],
    }),
    claimFacts(33, 'soc3', 'soc3', {
      ...soc,
      documents: [report(42, 'report', 'public', ['SOC 3 report', 'SOC 3報告書'])],
    }),
    claimFacts(34, 'pci-dss', 'pci-dss', {
      holders: [pay],
      services: [paying],
      standards: ['PCI DSS v3.2.1'],
      edition: 'pci-dss-3.2.1',
      level: '1',
      issuedOn: '2023-02-20',
      expiresOn: '2024-02-19',
      documents: [report(43, 'aoc', 'on-request', ['Attestation of Compliance', '準拠証明書（AOC）'])],
      body: { en: 'Example QSA Ltd.', ja: '例示セキュリティ評価株式会社' },
    }),
  ],
})

type DemoText = Pick<PageText, 'section' | 'place' | 'title' | 'body'>

/** The texts that ship with the demo, as written. */
export const demoTexts = (): DemoText[] =>
  (parse(readFileSync(new URL('../../demo/line.texts.yaml', import.meta.url), 'utf8')) as DemoText[]).map(
    ({ section, place, title, body }) => ({ section, place, title, body }),
  )

/** The demo's texts as records that a reviewer has approved. */
export const reviewedTexts = (): PageText[] =>
  demoTexts().map((text, at) => ({
    ...text,
    id: idOf(200 + at),
    version: 2,
    authorId: idOf(300),
    effectiveFrom: null,
    effectiveTo: null,
    review: { by: idOf(301), name: 'Reviewer', on: '2023-07-30', digest: wordingDigest(text) },
  }))
