import type { ProblemTexts } from '../kernel/error.ts'

/** Problems of rows of files with controls and implementations. */
export const exchangeProblemTexts: ProblemTexts = {
  'exchange.key_twice': {
    en: 'Row {row} is about the same one already.',
    ja: '{row}行目に同じ対象があります。',
  },
  'exchange.missing': { en: 'Fill this in.', ja: '記入してください。' },
  'exchange.control_unknown': {
    en: 'There is no control with the code "{name}".',
    ja: 'コード「{name}」の管理策はありません。',
  },
  'exchange.entity_unknown': {
    en: 'There is no entity with the key "{name}".',
    ja: 'キー「{name}」の組織はありません。',
  },
  'exchange.service_unknown': {
    en: 'There is no service with the key "{name}".',
    ja: 'キー「{name}」のサービスはありません。',
  },
  'exchange.person_unknown': {
    en: 'Nobody here has the address "{name}".',
    ja: 'メールアドレス「{name}」の人は登録されていません。',
  },
  'exchange.not_a_list': {
    en: 'This must be a JSON list of objects, as in an export.',
    ja: '書き出したファイルと同じ形の JSON の配列で書いてください。',
  },
  'exchange.frequency_unknown': {
    en: '"{found}" is no rhythm. Write daily, weekly, monthly, 3-months, 6-months, 12-months, own or event, or leave it empty.',
    ja: '「{found}」は頻度として使えません。daily、weekly、monthly、3-months、6-months、12-months、own、event のいずれか、または空欄にしてください。',
  },
  'exchange.yes_or_no': { en: 'Write yes or no.', ja: 'yes または no と書いてください。' },
  'exchange.retire_by_hand': {
    en: 'A file does not retire a control and does not bring one back. Do it on its page, where it asks for the reason.',
    ja: 'ファイルでは管理策の廃止や復帰はできません。理由を記入できる管理策の画面で行ってください。',
  },
  'exchange.origin_changed': {
    en: 'A control keeps the library control it came from ("{before}").',
    ja: '管理策の採用元（「{before}」）は変更できません。',
  },
}
