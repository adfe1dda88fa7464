import { inLanguage, type Language, type LocalText } from '../kernel/language.ts'
import type { ApprovedNoun, DueKind, DueState } from './due.ts'

type Both = { en: string; ja: string }

/** What is to be done, before the name of what it is done to. */
export const kindWords: Readonly<Record<DueKind, Both>> = {
  occurrence: { en: 'Carry out', ja: '実施' },
  evidence: { en: 'Renew evidence', ja: '証拠の更新' },
  'evidence-review': { en: 'Review evidence', ja: '証拠のレビュー' },
  'control-review': { en: 'Confirm control', ja: '管理策の確認' },
  certificate: { en: 'Certificate', ja: '認証' },
  request: { en: 'Decide report request', ja: '報告書請求の判断' },
  'programme-audit': { en: 'Audit begins', ja: '審査開始' },
  'programme-cycle': { en: 'Cycle ends', ja: '期間終了' },
  'context-review': { en: 'Review', ja: '見直し' },
  reading: { en: 'Read the measure', ja: '測定' },
  'risk-review': { en: 'Review the risk', ja: 'リスクの見直し' },
  'risk-action': { en: 'Treat the risk', ja: 'リスク対応' },
  'risk-acceptance': { en: 'Acceptance ends', ja: 'リスク受容の期限' },
  approval: { en: 'Approve', ja: '承認' },
  'document-review': { en: 'Review the document', ja: '文書の見直し' },
}

/** Steps of a certificate's life, by kind of step. */
export const stepWords: Readonly<Record<string, Both>> = {
  surveillance: { en: 'Surveillance audit', ja: '維持審査' },
  recertification: { en: 'Recertification', ja: '更新審査' },
  reassessment: { en: 'Reassessment', ja: '再評価' },
  revalidation: { en: 'Revalidation', ja: '再確認' },
  examination: { en: 'Examination', ja: '保証業務' },
  scan: { en: 'Scan', ja: 'スキャン' },
  application: { en: 'Application', ja: '申請' },
  expiry: { en: 'Certificate expires', ja: '認証の有効期限' },
  ageing: { en: 'Report becomes too old', ja: '報告書の利用期限' },
  restoration: { en: 'Last day to restore', ja: '復活できる最終日' },
  suspension: { en: 'Suspension reaches its limit', ja: '一時停止の期限' },
  transition: { en: 'Move to the new edition', ja: '新しい版への移行期限' },
}

/** What a version is called that waits for approval, with its programme where it has one. */
export function versionName(noun: ApprovedNoun, number: number, programme: LocalText | null): LocalText {
  const { en, ja } = versionWords[noun]
  const of = programme && { en: programme.en ?? programme.ja ?? '', ja: programme.ja ?? programme.en ?? '' }
  return {
    en: `${en} ${number}${of ? `, ${of.en}` : ''}`,
    ja: `${ja} 第${number}版${of ? `（${of.ja}）` : ''}`,
  }
}

const versionWords: Readonly<Record<ApprovedNoun, Both>> = {
  soa: { en: 'statement of applicability', ja: '適用宣言書' },
  'scope-statement': { en: 'scope statement', ja: '適用範囲書' },
  'risk-method': { en: 'risk method', ja: 'リスク評価方法' },
  'named-document': { en: 'document', ja: '文書' },
}

const joined = (what: Both, name: LocalText): LocalText => ({
  en: `${what.en}: ${name.en ?? name.ja ?? ''}`,
  ja: `${what.ja}：${name.ja ?? name.en ?? ''}`,
})

/** The title of a due thing in both languages, from the name of what it is about. */
export function titleOf(kind: DueKind, name: LocalText, step: string | null): LocalText {
  const words = (step === null ? undefined : stepWords[step]) ?? kindWords[kind]
  return joined(words, name)
}

const stateWords: Readonly<Record<DueState, Both>> = {
  overdue: { en: 'Overdue', ja: '期限超過' },
  'due-soon': { en: 'Due soon', ja: '期限間近' },
  upcoming: { en: 'Upcoming', ja: '予定' },
}

type Told = { state: DueState; person: { name: LocalText } | null; escalated: boolean }

/** What a calendar or a mail says beside the title: how it stands, and who is to do it. */
export function entryWords({ state, person, escalated }: Told, language: Language): string {
  const told = [stateWords[state][language]]
  if (escalated) told.push({ en: 'told to managers', ja: '管理者へ通知済み' }[language])
  if (person) told.push({ en: 'Responsible: ', ja: '担当：' }[language] + inLanguage(person.name, language))
  return told.join({ en: '. ', ja: '。' }[language])
}
