import type { ProblemTexts } from '../kernel/error.ts'

export const contextProblemTexts: ProblemTexts = {
  'context.review_needs_start': {
    en: 'A review rhythm needs a first day to count from. Fill in from when it holds, or leave the rhythm out.',
    ja: '見直しの間隔を数える起点がありません。開始日を入力するか、間隔を空欄にしてください。',
  },
  'context.review_future': {
    en: 'A review cannot lie ahead: today is {today}.',
    ja: '見直し日に未来の日付は指定できません。今日は {today} です。',
  },
  'context.changed_one': {
    en: '"{key}" was changed meanwhile. Load the list again.',
    ja: '「{key}」は他の人が変更しました。一覧を読み込み直してください。',
  },
  'context.ended': {
    en: 'It ended on {day} already.',
    ja: '{day} に既に終了しています。',
  },
  'context.owner_left': {
    en: 'This person has left. Choose somebody who is here.',
    ja: 'この人は既に離脱しています。在籍中の人を選んでください。',
  },
  'party.answer_missing': {
    en: 'Say how the need is answered, or mark it as not addressed.',
    ja: '要求への対応方法を記入するか、「対応しない」にしてください。',
  },
  'party.still_cited': {
    en: 'These obligations still name it after that day: {keys}. End them first, or take it out of them.',
    ja: 'その日以降もこの利害関係者を参照している義務があります: {keys}。先にそれらを終了するか、参照を外してください。',
  },
  'obligation.requirement_unknown': {
    en: '{edition} has no requirement "{requirement}".',
    ja: '{edition} に要求事項「{requirement}」はありません。',
  },
  'obligation.requirement_twice': {
    en: '"{requirement}" is listed twice.',
    ja: '「{requirement}」が重複しています。',
  },
  'role.own_deputy': {
    en: 'Nobody is their own deputy. Choose another person or leave it empty.',
    ja: '本人を代理者にすることはできません。別の人を選ぶか、空欄にしてください。',
  },
  'role.holder_twice': {
    en: 'This person is listed twice for the same days.',
    ja: '同じ人が同じ期間に重複して登録されています。',
  },
  'role.holder_order': {
    en: 'The present holder has it only from {from}. Hand it over on a later day.',
    ja: '現在の担当者の開始日は {from} です。それより後の日に引き継いでください。',
  },
  'scope.not_iso': {
    en: 'Only a programme of a management system standard has a scope statement; {edition} is none.',
    ja: '適用範囲書を作れるのはマネジメントシステム規格のプログラムだけです（{edition} は対象外）。',
  },
  'scope.draft_open': {
    en: 'Version {number} is still a draft. Finish or withdraw it first.',
    ja: '第 {number} 版がまだ下書きです。先に承認するか取り下げてください。',
  },
  'scope.justification_missing': {
    en: 'Say why this is left out: an exclusion without its reason is not a scope that anybody can check (4.3).',
    ja: '除外する理由を記入してください。理由のない除外は認められません（4.3）。',
  },
  'scope.service_elsewhere': {
    en: 'The entity that operates this service is not in scope. Add the entity, or name the service as an interface.',
    ja: 'このサービスを運営する組織が適用範囲に含まれていません。組織を追加するか、インターフェースとして記載してください。',
  },
  'scope.twice': { en: 'It is listed twice.', ja: '重複しています。' },
  'scope.effective_before': {
    en: 'The version before this holds from {from}. This one must begin later.',
    ja: '前の版は {from} から有効です。それより後の日付にしてください。',
  },
  'exchange.party_unknown': {
    en: 'There is no interested party with the key "{name}".',
    ja: 'キー「{name}」の利害関係者はありません。',
  },
  'scope.in_future': {
    en: 'Nothing is written, approved or withdrawn ahead of its day: today is {today}.',
    ja: '未来の日付で作成・承認・取り下げはできません。今日は {today} です。',
  },
}
