import type { ProblemTexts } from '../kernel/error.ts'

/** Problems of rows of files with risks. */
export const riskExchangeProblems: ProblemTexts = {
  'risk_exchange.asset_unknown': {
    en: 'There is no asset with the key "{name}". Add it first, or correct the key.',
    ja: 'キー「{name}」の資産はありません。先に登録するか、キーを修正してください。',
  },
  'risk_exchange.obligation_unknown': {
    en: 'There is no obligation with the key "{name}". Add it first, or correct the key.',
    ja: 'キー「{name}」の義務はありません。先に登録するか、キーを修正してください。',
  },
  'risk_exchange.issue_unknown': {
    en: 'There is no issue with the key "{name}". Add it first, or correct the key.',
    ja: 'キー「{name}」の課題はありません。先に登録するか、キーを修正してください。',
  },
  'risk_exchange.level': {
    en: 'Write the level as a number from 1, as the method counts them, or its name.',
    ja: '尺度の段階は1から始まる番号、または名称で記入してください。',
  },
  'risk_exchange.assessment_incomplete': {
    en: 'An assessment needs its day, both parts of all three values, and a rationale. Fill this in, or leave all of them empty.',
    ja: '評価には、評価日、3つの値それぞれの発生可能性と影響、根拠が必要です。すべて記入するか、すべて空欄にしてください。',
  },
  'risk_exchange.assessment_changed': {
    en: 'A file adds an assessment of a later day; one that was made stays as it is. The last is of {day}.',
    ja: 'ファイルで追加できるのは、より後の日の評価だけです。過去の評価は変更できません（直近の評価日: {day}）。',
  },
  'risk_exchange.by_hand': {
    en: 'A file changes no treatment, plan, acceptance or closing. Do it on the page of the risk.',
    ja: '対応方針・計画・受容・終了はファイルでは変更できません。リスクの画面で行ってください。',
  },
}
