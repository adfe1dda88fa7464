import { stateWords } from '../../certificates/state-words.ts'
import type { TrackerTotals } from '../../documented-information/tracker.ts'
import { inLanguage, type LocalText } from '../../kernel/language.ts'
import type { SoaTotals } from '../../soa/gaps.ts'
import type { Report } from '../report.ts'
import type { CertificateFacts } from './certificates.ts'
import { column, type Head, numbers, said } from './parts.ts'

/** What somebody who signs has to know, on one page. */
export type SummaryFacts = CertificateFacts & {
  programmes: readonly {
    name: LocalText
    met: number
    partial: number
    failing: number
    unknown: number
    applicable: number
    nextAudit: string | null
  }[]
  /** Bands from the highest, each with how many open risks stand there now and after treatment. */
  bands: readonly { name: LocalText; current: number; residual: number }[]
  risks: { open: number; unaccepted: number; lateActions: number }
  statements: readonly { name: LocalText; number: number | null; totals: SoaTotals }[]
  documents: readonly { name: LocalText; totals: TrackerTotals }[]
  /** What breaks the next audit, the most urgent first. */
  breaks: readonly {
    control: string
    name: LocalText
    unit: LocalText
    on: string
    owner: LocalText | null
  }[]
}

const words = {
  en: {
    title: 'Executive summary',
    subject: 'Information security, one page',
    certificates: 'Certificates and reports',
    name: 'Name',
    until: 'Valid until',
    state: 'State',
    next: 'Next',
    programmes: 'Where the programmes stand, in requirements',
    programme: 'Programme',
    met: 'Met',
    partial: 'Partly',
    failing: 'Failing',
    unknown: 'Not shown',
    audit: 'Next audit',
    risks: 'Open risks by band',
    band: 'Band',
    now: 'Now',
    treated: 'After treatment',
    riskFacts: (open: number, unaccepted: number, late: number) =>
      `${open} open risks; ${unaccepted} without a valid acceptance; ${late} actions late.`,
    soa: (name: string, number: string, applicable: number, controls: number, implemented: number) =>
      `${name}: statement of applicability ${number}; ${applicable} of ${controls} controls apply, ${implemented} implemented.`,
    version: (number: number) => `version ${number}`,
    noVersion: 'not approved',
    documents: (name: string, current: number, required: number, missing: number) =>
      `${name}: ${current} of ${required} required documents current, ${missing} missing.`,
    breaks: 'What breaks the next audit first',
    control: 'Control',
    where: 'Where',
    on: 'From',
    owner: 'Owner',
    sign: 'Read and noted',
    signature: 'Name, day and signature: ____________________________________________',
    none: 'None.',
  },
  ja: {
    title: '経営層向け要約',
    subject: '情報セキュリティの状況（1ページ）',
    certificates: '認証・報告書',
    name: '名称',
    until: '有効期限',
    state: '状態',
    next: '次の予定',
    programmes: 'プログラムの状況（要求事項の件数）',
    programme: 'プログラム',
    met: '満たす',
    partial: '一部',
    failing: '不適合',
    unknown: '未確認',
    audit: '次の審査',
    risks: '区分ごとの対象リスク',
    band: '区分',
    now: '現在',
    treated: '対応後',
    riskFacts: (open: number, unaccepted: number, late: number) =>
      `対象リスク ${open} 件、有効な受容がないもの ${unaccepted} 件、遅延している対応 ${late} 件。`,
    soa: (name: string, number: string, applicable: number, controls: number, implemented: number) =>
      `${name}: 適用宣言書 ${number}。${controls} 件中 ${applicable} 件を適用、${implemented} 件が実施済み。`,
    version: (number: number) => `第${number}版`,
    noVersion: '未承認',
    documents: (name: string, current: number, required: number, missing: number) =>
      `${name}: 必要な文書 ${required} 件中 ${current} 件が最新、${missing} 件がなし。`,
    breaks: '次の審査で最初に問題となるもの',
    control: '管理策',
    where: '対象',
    on: '時期',
    owner: '責任者',
    sign: '確認',
    signature: '氏名・日付・署名: ____________________________________________',
    none: 'ありません。',
  },
} as const

/** One page for the people who answer for it all (ISO/IEC 27001 9.3 input; never a verdict of an auditor). */
export function summaryReport(facts: SummaryFacts, head: Head): Report {
  const { language } = head
  const t = words[language]
  const text = (one: LocalText | null) => said(one, language)
  const sentences = [
    t.riskFacts(facts.risks.open, facts.risks.unaccepted, facts.risks.lateActions),
    ...facts.statements.map(({ name, number, totals }) =>
      t.soa(
        inLanguage(name, language),
        number === null ? t.noVersion : t.version(number),
        ...([totals.applicable, totals.controls, totals.implemented] as const),
      ),
    ),
    ...facts.documents.map(({ name, totals }) =>
      t.documents(inLanguage(name, language), totals.current, totals.required, totals.missing),
    ),
  ]
  return {
    ...head,
    ...{ kind: 'executive-summary', title: t.title, subject: t.subject, version: null, landscape: false },
    blocks: [
      {
        ...{ kind: 'table', key: 'certificates', title: t.certificates, empty: t.none },
        columns: [
          ...[
            column('name', t.name, 2),
            column('until', t.until),
            column('next', t.next, 2),
            column('state', t.state, 1),
          ],
        ],
        rows: facts.certificates.map((one) => [
          [said(facts.schemes.get(one.scheme), language) ?? one.scheme, one.number].filter(Boolean).join(' '),
          one.validUntil,
          one.next ? `${inLanguage(one.next.name, language)} ${one.next.by}` : null,
          stateWords[language][one.state],
        ]),
      },
      {
        ...{ kind: 'table', key: 'programmes', title: t.programmes, empty: t.none },
        columns: [
          ...[column('programme', t.programme, 2), numbers('met', t.met), numbers('partial', t.partial)],
          ...[numbers('failing', t.failing), numbers('unknown', t.unknown), column('audit', t.audit)],
        ],
        rows: facts.programmes.map((one) => [
          ...[text(one.name), one.met, one.partial, one.failing, one.unknown, one.nextAudit],
        ]),
      },
      {
        ...{ kind: 'table', key: 'risks', title: t.risks, empty: t.none },
        columns: [column('band', t.band, 2), numbers('now', t.now), numbers('treated', t.treated)],
        rows: facts.bands.map((one) => [text(one.name), one.current, one.residual]),
      },
      { kind: 'text', text: sentences.join('\n') },
      {
        ...{ kind: 'table', key: 'breaks', title: t.breaks, empty: t.none },
        columns: [
          ...[column('control', t.control), column('name', t.name, 2), column('where', t.where, 1.4)],
          ...[column('on', t.on), column('owner', t.owner, 1)],
        ],
        rows: facts.breaks
          .slice(0, 6)
          .map((one) => [one.control, text(one.name), text(one.unit), one.on, text(one.owner)]),
      },
      { kind: 'note', tone: 'unknown', text: `${t.sign}\n${t.signature}` },
    ],
  }
}
