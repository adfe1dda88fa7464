import type { ProblemTexts } from '../kernel/error.ts'

export const programmeNounProblems: ProblemTexts = {
  'programme.cycles_overlap': {
    en: 'This cycle begins on {from}, but the one before it lasts until {to}.',
    ja: 'このサイクルの開始日 {from} は、前のサイクルの終了日 {to} より後にしてください。',
  },
  'programme.audit_before_cycle': {
    en: 'The audit cannot be before the cycle, which begins on {from}.',
    ja: '審査日はサイクルの開始日 {from} 以降にしてください。',
  },
  'programme.part_twice': {
    en: 'It is listed twice for the same days.',
    ja: '同じ期間に重複して登録されています。',
  },
  'programme.scope_empty': {
    en: 'Name at least one entity or service in scope.',
    ja: '適用範囲に組織またはサービスを1つ以上指定してください。',
  },
  'programme.edition_outline': {
    en: 'Of {edition} only an outline is shipped; it cannot be assessed. Choose another edition.',
    ja: '{edition} は概要のみ収録されており、評価には使えません。別の版を選んでください。',
  },
  'programme.category_unknown': {
    en: 'The edition has no category "{category}". Known: {known}.',
    ja: 'この版にカテゴリ「{category}」はありません。登録済み: {known}',
  },
  'programme.edition_fixed': {
    en: 'The edition of a programme cannot change: its history would speak of other requirements. End this one and begin another.',
    ja: 'プログラムの版は変更できません（履歴が別の要求事項を指すことになるため）。このプログラムを終了し、新しく作成してください。',
  },
  'programme.ended': {
    en: 'This programme ended on {day}.',
    ja: 'このプログラムは {day} に終了しています。',
  },
  'programme.end_before_start': {
    en: 'It cannot end before it begins, on {from}.',
    ja: '開始日 {from} より前に終了することはできません。',
  },
  'applicability.order': {
    en: 'Decisions stand in the order of their days; the one before this holds from {from}.',
    ja: '決定は日付順に並べてください。前の決定は {from} から有効です。',
  },
  'applicability.justification_missing': {
    en: 'An exclusion needs its justification.',
    ja: '適用除外には理由が必要です。',
  },
  'applicability.requirement_unknown': {
    en: 'The edition has no assessable requirement "{requirement}".',
    ja: 'この版に評価対象の要求事項「{requirement}」はありません。',
  },
}
