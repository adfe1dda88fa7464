import { inLanguage, type Language, type LocalText } from '../../kernel/language.ts'
import type { Gap, SoaTotals } from '../../soa/gaps.ts'
import type { SoaRow } from '../../soa/soa-version.ts'
import type { Block, Report } from '../report.ts'
import { column, type Head, numbers } from './parts.ts'

/** What the report is made of: a version as it was stated, or the statement of a day. */
export type StatementFacts = {
  programmeName: LocalText
  editionName: LocalText
  rows: readonly SoaRow[]
  totals: SoaTotals
  gaps: readonly Gap[]
  titles: ReadonlyMap<string, LocalText>
  groups: ReadonlyMap<string, { id: string; title: LocalText }>
  people: ReadonlyMap<string, LocalText>
  /** Of a version that is kept: its number and who stands for it. */
  kept: { number: number; approvedOn: string | null; approver: LocalText | null } | null
}

const words = {
  en: {
    title: 'Statement of applicability',
    lead: 'The controls that the organisation determined to be necessary, why each is included or excluded, and whether it is implemented (ISO/IEC 27001 6.1.3 d).',
    totals: 'Summary',
    counts: {
      controls: 'Controls',
      applicable: 'Applicable',
      excluded: 'Excluded',
      implemented: 'Implemented',
      partial: 'Partly implemented',
      planned: 'Planned',
      'not-implemented': 'Not implemented',
    },
    approved: 'Approved',
    by: (day: string, who: string) => `${day}, ${who}`,
    draft: 'Not approved',
    reference: 'Control',
    controlTitle: 'Title',
    applicable: 'Applies',
    yes: 'Yes',
    no: 'No',
    reasons: 'Why included',
    reasonNames: {
      risk: 'Risk',
      legal: 'Law',
      contractual: 'Contract',
      business: 'Business',
      baseline: 'Baseline',
    },
    justification: 'Justification',
    state: 'State',
    stateNames: {
      implemented: 'Implemented',
      partial: 'Partly',
      planned: 'Planned',
      'not-implemented': 'Not implemented',
    },
    since: (state: string, day: string) => `${state} since ${day}`,
    own: 'Controls of the organisation’s own',
    controls: 'Carried out by',
    owners: 'Owners',
    risks: 'Risks',
    obligations: 'Obligations',
    evidence: 'Evidence',
    gaps: (count: number) =>
      `${count} controls lack what clause 6.1.3 d) demands, or contradict themselves: `,
    empty: 'No control.',
  },
  ja: {
    title: '適用宣言書',
    lead: '組織が必要と決定した管理策、その採用・除外の理由、および実施状況を示します（ISO/IEC 27001 6.1.3 d）。',
    totals: '集計',
    counts: {
      controls: '管理策',
      applicable: '適用',
      excluded: '除外',
      implemented: '実施済み',
      partial: '一部実施',
      planned: '計画中',
      'not-implemented': '未実施',
    },
    approved: '承認',
    by: (day: string, who: string) => `${day}　${who}`,
    draft: '未承認',
    reference: '管理策',
    controlTitle: '表題',
    applicable: '適用',
    yes: '適用',
    no: '除外',
    reasons: '採用の理由',
    reasonNames: {
      risk: 'リスク',
      legal: '法令',
      contractual: '契約',
      business: '事業',
      baseline: '基本水準',
    },
    justification: '説明・除外の理由',
    state: '実施状況',
    stateNames: {
      implemented: '実施済み',
      partial: '一部実施',
      planned: '計画中',
      'not-implemented': '未実施',
    },
    since: (state: string, day: string) => `${state}（${day}〜）`,
    own: '組織独自の管理策',
    controls: '実施する管理策',
    owners: '責任者',
    risks: 'リスク',
    obligations: '義務',
    evidence: '証拠',
    gaps: (count: number) => `${count} 件の管理策が 6.1.3 d) の要求を満たしていないか、矛盾しています: `,
    empty: '管理策はありません。',
  },
} as const

type Words = (typeof words)[Language]

function rowCells(facts: StatementFacts, row: SoaRow, language: Language, t: Words) {
  const said = (text: LocalText | null | undefined) => (text ? inLanguage(text, language) : null)
  const joined = (parts: readonly string[]) => (parts.length === 0 ? null : parts.join(', '))
  const state = row.state === null ? null : t.stateNames[row.state]
  return [
    row.reference,
    said(facts.titles.get(row.reference)),
    row.applicable ? t.yes : t.no,
    joined(row.reasons.map((reason) => t.reasonNames[reason])),
    said(row.justification),
    state === null || row.since === null ? state : t.since(state, row.since),
    joined(row.controls.map((one) => one.code)),
    joined(row.ownerIds.map((id) => said(facts.people.get(id)) ?? id)),
    joined(row.risks.map((one) => one.code)),
    joined(row.obligations.map((one) => inLanguage(one.name, language))),
    row.evidenceCount === 0 ? null : row.evidenceCount,
  ]
}

const columnsOf = (t: Words) => [
  column('reference', t.reference),
  column('title', t.controlTitle, 3),
  column('applies', t.applicable),
  column('reasons', t.reasons, 1.2),
  column('justification', t.justification, 2.6),
  column('state', t.state, 2),
  column('controls', t.controls, 1.4),
  column('owners', t.owners, 1.6),
  column('risks', t.risks, 1.4),
  column('obligations', t.obligations, 1.6),
  numbers('evidence', t.evidence),
]

/** One table for each theme of the annex, and one for the organisation's own controls. */
function tables(facts: StatementFacts, language: Language, t: Words): Block[] {
  const groups = Map.groupBy(facts.rows, (row) =>
    row.edition === null ? 'own' : (facts.groups.get(row.reference)?.id ?? ''),
  )
  return [...groups].map(([key, rows]): Block => {
    const group = rows[0] && facts.groups.get(rows[0].reference)
    return {
      ...{ kind: 'table', key: key === '' ? 'controls' : key, columns: columnsOf(t), empty: t.empty },
      title: key === 'own' ? t.own : group ? `${group.id} ${inLanguage(group.title, language)}` : t.title,
      rows: rows.map((row) => rowCells(facts, row, language, t)),
    }
  })
}

/** The statement of applicability as a report (6.1.3 d). */
export function statementReport(facts: StatementFacts, head: Head): Report {
  const { language } = head
  const t = words[language]
  const { kept } = facts
  const approver = kept?.approver ? inLanguage(kept.approver, language) : ''
  const blockers = [
    ...new Set(facts.gaps.filter((one) => one.kind !== 'owner-missing').map((one) => one.reference)),
  ]
  return {
    ...head,
    kind: 'statement-of-applicability',
    title: t.title,
    subject: `${inLanguage(facts.programmeName, language)} (${inLanguage(facts.editionName, language)})`,
    version: kept === null ? null : String(kept.number),
    landscape: true,
    blocks: [
      { kind: 'text', text: t.lead },
      {
        kind: 'facts',
        items: [
          ...(kept === null
            ? []
            : [
                {
                  label: t.approved,
                  value: kept.approvedOn === null ? t.draft : t.by(kept.approvedOn, approver),
                },
              ]),
          ...Object.entries(t.counts).map(([key, label]) => ({
            label,
            value: String(facts.totals[key as keyof SoaTotals]),
          })),
        ],
      },
      ...(blockers.length === 0
        ? []
        : [
            {
              kind: 'note' as const,
              tone: 'bad' as const,
              text: t.gaps(blockers.length) + blockers.join(', '),
            },
          ]),
      ...tables(facts, language, t),
    ],
  }
}
