import type { DutyState, Holder, TrackerTotals } from '../../documented-information/tracker.ts'
import { inLanguage, type LocalText } from '../../kernel/language.ts'
import type { Report } from '../report.ts'
import { column, type Head, said } from './parts.ts'

type ShownHolder = Omit<Holder, 'approverIds'> & {
  approvers: readonly { name: LocalText }[]
  state: DutyState
}

export type DocumentedFacts = {
  programmeName: LocalText
  editionName: LocalText
  duties: readonly {
    clause: string
    form: 'document' | 'record' | 'either'
    title: LocalText
    state: DutyState
    holders: readonly ShownHolder[]
  }[]
  totals: TrackerTotals
}

const words = {
  en: {
    title: 'Documented information',
    lead: 'The documents and records that the clauses require, what satisfies each, and what is missing.',
    clause: 'Clause',
    what: 'Document or record',
    form: 'Form',
    forms: { document: 'Document', record: 'Record', either: 'Either' },
    holder: 'Satisfied by',
    version: 'Version',
    approved: 'Approved',
    until: 'Current until',
    state: 'State',
    states: {
      current: 'Current',
      outdated: 'Out of date',
      unapproved: 'Not approved',
      incomplete: 'Incomplete',
      missing: 'Missing',
      'not-applicable': 'Not applicable',
    },
    kinds: {
      'scope-statement': 'Scope statement',
      'risk-method': 'Risk method',
      soa: 'Statement of applicability',
      'risk-treatment-plan': 'Treatment plan',
      objectives: 'Objectives',
      'risk-assessments': 'Risk register',
      'risk-treatments': 'Actions carried out',
      readings: 'Readings of the measures',
      occurrences: 'Controls carried out in the last twelve months',
      named: 'Document',
    },
    parts: (all: number, open: number) => `${all} entries${open > 0 ? `, ${open} open` : ''}`,
    required: 'Required',
    none: 'None.',
  },
  ja: {
    title: '文書化した情報',
    lead: '箇条が求める文書・記録、それを満たすもの、および不足しているものを示します。',
    clause: '箇条',
    what: '文書・記録',
    form: '形式',
    forms: { document: '文書', record: '記録', either: 'いずれか' },
    holder: '満たすもの',
    version: '版',
    approved: '承認',
    until: '有効期限',
    state: '状態',
    states: {
      current: '最新',
      outdated: '期限切れ',
      unapproved: '未承認',
      incomplete: '未完了',
      missing: 'なし',
      'not-applicable': '適用外',
    },
    kinds: {
      'scope-statement': '適用範囲',
      'risk-method': 'リスク評価の方法',
      soa: '適用宣言書',
      'risk-treatment-plan': 'リスク対応計画',
      objectives: '目的',
      'risk-assessments': 'リスク一覧',
      'risk-treatments': '実施した対応',
      readings: '指標の測定値',
      occurrences: '過去12か月に実施した管理策',
      named: '文書',
    },
    parts: (all: number, open: number) => `${all} 件${open > 0 ? `（未完了 ${open} 件）` : ''}`,
    required: '必要数',
    none: 'ありません。',
  },
} as const

/** The tracker of mandatory documents and records (ISO/IEC 27001 7.5.1). */
export function documentedReport(facts: DocumentedFacts, head: Head): Report {
  const { language } = head
  const t = words[language]
  const states = ['current', 'outdated', 'unapproved', 'incomplete', 'missing'] as const
  const described = (one: ShownHolder) => {
    const name = one.name ? inLanguage(one.name, language) : t.kinds[one.kind]
    return one.parts ? `${name} (${t.parts(one.parts.all, one.parts.open)})` : name
  }
  const lines = (holders: readonly ShownHolder[], line: (one: ShownHolder) => string | null) =>
    holders
      .map(line)
      .filter((one) => one !== null && one !== '')
      .join('\n') || null
  return {
    ...head,
    ...{ kind: 'documented-information', title: t.title, version: null, landscape: true },
    subject: `${inLanguage(facts.programmeName, language)} (${inLanguage(facts.editionName, language)})`,
    blocks: [
      { kind: 'text', text: t.lead },
      {
        kind: 'facts',
        items: [
          { label: t.required, value: String(facts.totals.required) },
          ...states.map((state) => ({ label: t.states[state], value: String(facts.totals[state]) })),
        ],
      },
      {
        ...{ kind: 'table', key: 'documents', title: '', empty: t.none },
        columns: [
          ...[
            column('clause', t.clause),
            column('what', t.what, 2),
            column('form', t.form),
            column('holder', t.holder, 2.4),
          ],
          ...[
            column('version', t.version),
            column('approved', t.approved, 1.6),
            column('until', t.until),
            column('state', t.state, 1),
          ],
        ],
        rows: facts.duties.map((duty) => [
          ...[duty.clause, inLanguage(duty.title, language), t.forms[duty.form]],
          ...[lines(duty.holders, described), lines(duty.holders, (one) => one.label)],
          lines(duty.holders, (one) =>
            one.approvedOn === null
              ? null
              : [one.approvedOn, ...one.approvers.map((each) => said(each.name, language))].join(' '),
          ),
          ...[lines(duty.holders, (one) => one.reviewBy), t.states[duty.state]],
        ]),
      },
    ],
  }
}
