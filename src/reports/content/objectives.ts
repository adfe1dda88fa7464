import { inLanguage, type LocalText } from '../../kernel/language.ts'
import type { Objective } from '../../objectives/objective.ts'
import type { Reading } from '../../objectives/reading.ts'
import { countingOn, type Standing } from '../../objectives/state.ts'
import type { Report } from '../report.ts'
import { column, type Head, numbers, said } from './parts.ts'

export type ObjectiveFacts = {
  objectives: readonly { objective: Objective; standing: Standing; readings: readonly Reading[] }[]
  people: ReadonlyMap<string, LocalText>
}

const words = {
  en: {
    title: 'Security objectives and measurement',
    subject: (count: number) => `${count} objectives`,
    lead: 'What is to be reached, how it is measured, and where it stands (ISO/IEC 27001 6.2 and 9.1).',
    objective: 'Objective',
    measure: 'Measure',
    owner: 'Owner',
    target: 'Target',
    by: 'By',
    value: 'Last value',
    on: 'Read on',
    state: 'State',
    states: { 'on-track': 'On track', behind: 'Behind', missed: 'Missed', unread: 'Not read' },
    plan: 'Plan',
    readings: 'Readings',
    source: 'Source',
    unit: 'Unit',
    none: 'None.',
  },
  ja: {
    title: '情報セキュリティ目的と測定',
    subject: (count: number) => `目的 ${count} 件`,
    lead: '達成すべきこと、測定の方法、および現在の状況を示します（ISO/IEC 27001 6.2、9.1）。',
    objective: '目的',
    measure: '指標',
    owner: '責任者',
    target: '目標',
    by: '期限',
    value: '最新値',
    on: '測定日',
    state: '状況',
    states: { 'on-track': '順調', behind: '遅れ', missed: '未達', unread: '未測定' },
    plan: '計画',
    readings: '測定値',
    source: '出所',
    unit: '単位',
    none: 'ありません。',
  },
} as const

/** Objectives with their measures (ISO/IEC 27001 6.2, 9.1). */
export function objectivesReport(facts: ObjectiveFacts, head: Head): Report {
  const { language, asOf } = head
  const t = words[language]
  return {
    ...head,
    ...{ kind: 'objectives', title: t.title, subject: t.subject(facts.objectives.length) },
    ...{ version: null, landscape: true },
    blocks: [
      { kind: 'text', text: t.lead },
      {
        ...{ kind: 'table', key: 'objectives', title: '', empty: t.none },
        columns: [
          ...[
            column('objective', t.objective, 2),
            column('measure', t.measure, 1.6),
            column('owner', t.owner, 1),
          ],
          ...[
            numbers('target', t.target),
            column('by', t.by),
            numbers('value', t.value),
            column('unit', t.unit),
          ],
          ...[column('on', t.on), column('state', t.state, 1), column('plan', t.plan, 2.4)],
        ],
        rows: facts.objectives.map(({ objective, standing }) => {
          const target = standing.target ?? standing.next
          return [
            ...[inLanguage(objective.name, language), inLanguage(objective.measure.name, language)],
            objective.ownerId === null ? null : said(facts.people.get(objective.ownerId), language),
            ...[target?.value ?? null, target?.by ?? null, standing.value],
            ...[inLanguage(objective.measure.unit, language), standing.readOn, t.states[standing.state]],
            said(objective.plan, language),
          ]
        }),
      },
      {
        ...{ kind: 'table', key: 'readings', title: t.readings, empty: t.none },
        columns: [
          ...[column('objective', t.objective, 2), column('on', t.on), numbers('value', t.value)],
          column('source', t.source, 3),
        ],
        rows: facts.objectives.flatMap(({ objective, readings }) =>
          countingOn(readings, asOf).map((one) => [
            ...[inLanguage(objective.name, language), one.on, one.value, one.source],
          ]),
        ),
      },
    ],
  }
}
