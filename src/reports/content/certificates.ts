import type { Certificate } from '../../certificates/certificate.ts'
import type { CertificateState } from '../../certificates/cycle.ts'
import { stateWords } from '../../certificates/state-words.ts'
import { inLanguage, type LocalText } from '../../kernel/language.ts'
import type { Report } from '../report.ts'
import { column, type Head, said } from './parts.ts'

/** A certificate as it stood on the day. */
export type ShownCertificate = Pick<Certificate, 'number' | 'scheme' | 'terms' | 'initialDate'> & {
  state: CertificateState
  validUntil: string | null
  standards: readonly string[]
  termId: string | null
  holders: readonly string[]
  scope: LocalText | null
  /** The next duty of its cycle, with its last day. */
  next: { name: LocalText; by: string } | null
}

export type CertificateFacts = {
  certificates: readonly ShownCertificate[]
  schemes: ReadonlyMap<string, LocalText>
  entities: ReadonlyMap<string, LocalText>
}

const words = {
  en: {
    title: 'Register of certificates and reports',
    subject: (count: number) => `${count} certificates and reports`,
    lead: 'What was certified or reported on, for whom, until when, and what its cycle asks for next.',
    scheme: 'Scheme',
    number: 'Number',
    standards: 'Standards',
    holders: 'Holders',
    scope: 'Scope',
    issuer: 'Issued by',
    issued: 'Issued',
    until: 'Valid until',
    soa: 'Statement of applicability',
    next: 'Next',
    by: (name: string, day: string) => `${name}, by ${day}`,
    state: 'State',
    none: 'None.',
  },
  ja: {
    title: '認証・報告書台帳',
    subject: (count: number) => `認証・報告書 ${count} 件`,
    lead: '認証・報告の対象、期限、および次に求められることを示します。',
    scheme: '制度',
    number: '番号',
    standards: '規格',
    holders: '対象組織',
    scope: '適用範囲',
    issuer: '発行者',
    issued: '発行日',
    until: '有効期限',
    soa: '適用宣言書',
    next: '次の予定',
    by: (name: string, day: string) => `${name}（${day} まで）`,
    state: '状態',
    none: 'ありません。',
  },
} as const

/** The register of certificates (what the public page is made from). */
export function certificateReport(facts: CertificateFacts, head: Head): Report {
  const { language } = head
  const t = words[language]
  return {
    ...head,
    ...{ kind: 'certificate-register', title: t.title, subject: t.subject(facts.certificates.length) },
    ...{ version: null, landscape: true },
    blocks: [
      { kind: 'text', text: t.lead },
      {
        ...{ kind: 'table', key: 'certificates', title: '', empty: t.none },
        columns: [
          ...[
            column('scheme', t.scheme, 1.4),
            column('number', t.number, 1),
            column('standards', t.standards, 1.4),
          ],
          ...[column('holders', t.holders, 2), column('scope', t.scope, 2), column('issuer', t.issuer, 1.2)],
          ...[column('issued', t.issued), column('until', t.until), column('soa', t.soa)],
          ...[column('next', t.next, 1.4), column('state', t.state, 1)],
        ],
        rows: facts.certificates.map((one) => {
          const term = one.terms.find((each) => each.id === one.termId)
          const soa = term?.soaVersion ? [term.soaVersion, term.soaDate].filter(Boolean).join(' ') : null
          return [
            ...[said(facts.schemes.get(one.scheme), language) ?? one.scheme, one.number],
            one.standards.join(', ') || null,
            one.holders.map((id) => said(facts.entities.get(id), language) ?? '—').join(', ') || null,
            ...[said(one.scope, language), said(term?.issuer.name, language), term?.issueDate ?? null],
            ...[one.validUntil, soa],
            one.next ? t.by(inLanguage(one.next.name, language), one.next.by) : null,
            stateWords[language][one.state],
          ]
        }),
      },
    ],
  }
}
