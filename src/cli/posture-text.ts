import type { z } from 'zod'
import { inLanguage, type Language, type LocalText } from '../kernel/language.ts'
import { reasonWords } from '../posture/reason-words.ts'
import type {
  reachingSchema,
  reasonSchema,
  requirementAnswerSchema,
  totalsSchema,
} from '../posture/server/shapes.ts'
import type { RequirementState } from '../posture/state.ts'

type Totals = z.output<typeof totalsSchema>
type Reason = z.output<typeof reasonSchema>
type Reaching = z.output<typeof reachingSchema>
export type Requirement = z.output<typeof requirementAnswerSchema>

export const words = {
  en: {
    states: {
      met: 'met',
      partial: 'partly met',
      failing: 'failing',
      'not-assessed': 'not assessed',
      'not-applicable': 'not applicable',
    },
    controlStates: {
      effective: 'effective',
      failing: 'failing',
      'not-assessed': 'not shown',
      absent: 'none here',
    },
    of: (count: number) => `${count} requirements apply`,
    audit: (day: string) => `next audit ${day}`,
    nobody: 'nobody is responsible',
    noControls: 'no control reaches it here',
    together: (controls: string) => `together: ${controls}`,
    none: 'No requirement fails.',
    asOf: (day: string) => `As of ${day}`,
    unknown: (key: string, known: string) => `There is no programme "${key}". There are: ${known}.`,
    needsProgramme: 'Name the programme of the requirement with --programme.',
    nothing: 'No programme is running on this day.',
    unreachable: (url: string) => `${url} cannot be reached.`,
  },
  ja: {
    states: {
      met: '満たす',
      partial: '一部のみ',
      failing: '不適合',
      'not-assessed': '未評価',
      'not-applicable': '適用除外',
    },
    controlStates: { effective: '有効', failing: '不備', 'not-assessed': '未確認', absent: '実施なし' },
    of: (count: number) => `適用対象${count}件`,
    audit: (day: string) => `次の審査 ${day}`,
    nobody: '担当者なし',
    noControls: 'ここで応える管理策がありません',
    together: (controls: string) => `組み合わせ: ${controls}`,
    none: '不適合の要求事項はありません。',
    asOf: (day: string) => `${day}時点`,
    unknown: (key: string, known: string) => `プログラム「${key}」はありません。登録済み: ${known}`,
    needsProgramme: '--programme で要求事項のプログラムを指定してください。',
    nothing: 'この日に実施中のプログラムはありません。',
    unreachable: (url: string) => `${url} に接続できません。`,
  },
} as const

const order: readonly RequirementState[] = ['failing', 'partial', 'not-assessed', 'met', 'not-applicable']

/** The counts that are not none, the worst first. */
export const countsLine = (totals: Totals, language: Language): string =>
  [
    words[language].of(totals.applicable),
    ...order
      .filter((state) => totals[state] > 0)
      .map((state) => `${words[language].states[state]} ${totals[state]}`),
  ].join(', ')

const text = (said: LocalText | null | undefined, language: Language) =>
  said ? inLanguage(said, language) : ''

/** A reason in words, with its days as they are written in files. */
export function reasonLine(reason: Reason, language: Language): string {
  // What a newer server knows and this one has no words for is still named.
  const say = reasonWords[language][reason.code as keyof (typeof reasonWords)['en']] as
    | (typeof reasonWords)['en']['control.none']
    | undefined
  if (say === undefined) return reason.code
  return say({
    ...reason.days,
    late: reason.late,
    said: text(reason.said, language) || null,
    evidence: reason.evidence?.title ?? '—',
    check: text(reason.check?.name, language) || '—',
    asset: text(reason.asset?.name, language) || '—',
  })
}

function controlLines(one: Reaching, language: Language): string[] {
  const t = words[language]
  const { control, state, owner } = one
  return [
    `${control.code} ${text(control.name, language)}: ${t.controlStates[state]} (${text(owner?.name, language) || t.nobody})`,
    ...one.reasons.map((reason) => `  ${reasonLine(reason, language)}`),
  ]
}

/** What stands at one unit; `all` leaves nothing out, else only what is not in order is told. */
function unitLines(unit: Requirement['units'][number], all: boolean, language: Language): string[] {
  const t = words[language]
  if (unit.state === 'not-applicable') return [text(unit.notApplicable, language)]
  const told = unit.controls.filter(({ state }) => all || state !== 'effective')
  const shown = told.filter(({ state }) => all || state !== 'absent')
  const joint = unit.together.map(({ members, state }) => {
    const codes = members.map(({ control }) => control.code).join(' + ')
    return `${t.together(codes)}: ${t.controlStates[state]}`
  })
  if (unit.controls.length === 0) return [t.noControls]
  return [
    ...(all ? joint : []),
    ...(shown.length > 0 ? shown : told).flatMap((one) => controlLines(one, language)),
  ]
}

/** A requirement with why it stands so, and whose task that is; units with the same story share it. */
export function requirementLines(one: Requirement, all: boolean, language: Language): string[] {
  const t = words[language]
  const bad = one.units.filter(({ state }) => all || !['met', 'not-applicable'].includes(state))
  const stories = Map.groupBy(bad, (unit) => JSON.stringify([unit.state, unitLines(unit, all, language)]))
  const separator = language === 'ja' ? '、' : ', '
  return [
    `${one.requirement} ${text(one.title, language)}: ${t.states[one.state]}`,
    ...[...stories.values()].flatMap((units) => [
      `  ${units.map(({ unit }) => text(unit.name, language)).join(separator)}: ${t.states[units[0]?.state ?? 'not-assessed']}`,
      ...(units[0] ? unitLines(units[0], all, language) : []).map((line) => `    ${line}`),
    ]),
  ]
}
