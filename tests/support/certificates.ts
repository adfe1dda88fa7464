import type { Certificate } from '../../src/certificates/certificate.ts'
import type { CertificateEvent, EventKind } from '../../src/certificates/event.ts'
import type { Term } from '../../src/certificates/term.ts'

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

export const entityId = id(1)

/** A term of an ISMS certificate with plausible days. */
export const term = (parts: Partial<Term> = {}): Term => ({
  id: id(100),
  basis: 'initial',
  edition: 'iso27001-2013',
  standard: null,
  localEquivalent: 'JIS Q 27001:2014',
  issuer: { name: { en: 'BSI Group Japan', ja: 'BSIグループジャパン株式会社' }, accreditation: null },
  decisionDate: '2019-01-10',
  issueDate: '2019-01-12',
  effectiveDate: '2019-01-12',
  expiryDate: '2022-01-09',
  soaVersion: '7',
  soaDate: '2018-11-01',
  report: null,
  pci: null,
  ...parts,
})

export const event = (
  kind: EventKind,
  on: string,
  parts: Partial<CertificateEvent> = {},
): CertificateEvent => ({
  id: id(Number(on.replaceAll('-', ''))),
  kind,
  on,
  outcome: 'passed',
  note: null,
  ...parts,
})

/** An ISO/IEC 27001 certificate held by one entity. */
export const isms = (parts: Partial<Certificate> = {}): Certificate => ({
  id: id(10),
  version: 0,
  key: 'isms',
  kind: 'certificate',
  scheme: 'iso27001',
  number: 'IS 509132',
  initialDate: '2007-01-10',
  predecessors: [],
  holders: [{ entityId, from: null, to: null }],
  services: [],
  scopes: [{ text: { en: 'Web services', ja: 'Webサービス' }, from: null, to: null }],
  terms: [term()],
  events: [],
  verificationUrl: null,
  verificationCheckedOn: null,
  ...parts,
})

/** A SOC report; type 2 over a year unless said otherwise. */
export const socTerm = (
  use: 'restricted' | 'general',
  parts: Partial<NonNullable<Term['report']>> = {},
): Term =>
  term({
    edition: 'tsp-2014',
    localEquivalent: null,
    decisionDate: null,
    issueDate: '2023-03-31',
    effectiveDate: null,
    expiryDate: null,
    soaVersion: null,
    soaDate: null,
    report: {
      type: 2,
      asOfDate: null,
      periodFrom: '2022-01-01',
      periodTo: '2022-12-31',
      categories: ['security', 'availability'],
      opinion: 'unmodified',
      qualification: null,
      use,
      countMode: 'criteria-per-principle',
      ...parts,
    },
  })

export const pciTerm = (aocDate: string): Term =>
  term({
    edition: 'pci-dss-3.2.1',
    localEquivalent: null,
    decisionDate: null,
    issueDate: aocDate,
    effectiveDate: null,
    expiryDate: null,
    soaVersion: null,
    soaDate: null,
    pci: {
      level: 1,
      role: 'service-provider',
      assessor: { en: 'Example QSA' },
      rocDate: aocDate,
      aocDate,
      result: 'compliant',
      coverage: 'full',
    },
  })
