import type { ProblemTexts } from '../kernel/error.ts'

/** Problems of rows of files with an index of evidence. */
export const evidenceExchangeProblemTexts: ProblemTexts = {
  'evidence.said_already': {
    en: 'The item is here and says something else. What it says of itself stays as it was seen: leave this empty, or put a newer item in its place on its page.',
    ja: '登録済みの証拠の内容と異なります。登録後の内容は変更できません。空欄にするか、その証拠の画面で新しいものに置き換えてください。',
  },
  'evidence.several': {
    en: 'Several items have this entity, title and days. Name the one in the column "id", as an export does.',
    ja: '同じ組織・件名・日付の証拠が複数あります。書き出したファイルと同じく、id 列で指定してください。',
  },
  'evidence.place_unknown': {
    en: 'Nothing is carried out at "{name}". Write the code of a control that this entity carries out, or code@entity, or code@entity/service.',
    ja: '「{name}」に該当する実施がありません。この組織で実施している管理策のコード、または コード@組織、コード@組織/サービス の形で書いてください。',
  },
  'evidence.task_unknown': {
    en: 'No task is planned for "{name}". Write the control and a day of its period, as in ACC-06 2023-04-01.',
    ja: '「{name}」に該当するタスクがありません。「ACC-06 2023-04-01」のように、管理策と期間内の日付を書いてください。',
  },
  'evidence.requirement_unknown': {
    en: '"{name}" is no requirement here. Write edition and requirement, as in iso27001-2022 A.5.15.',
    ja: '「{name}」という要求事項はありません。「iso27001-2022 A.5.15」のように、版と要求事項を書いてください。',
  },
  'evidence.asset_unknown': {
    en: 'There is no asset with the key "{name}".',
    ja: 'キー「{name}」の資産はありません。',
  },
  'evidence.collector_unknown': {
    en: 'Nobody here has the address "{name}". Leave this empty and name outsiders and tools in the column "collector".',
    ja: 'メールアドレス「{name}」の人は登録されていません。空欄にし、外部の人やツールは collector 列に書いてください。',
  },
  'evidence.digest_form': {
    en: '"{name}" is no file. Write its SHA-256, 64 digits, and its name, one file on each line.',
    ja: '「{name}」をファイルとして読み取れません。1行に1件ずつ、SHA-256（64桁）とファイル名を書いてください。',
  },
  'evidence.digest_unknown': {
    en: 'No file that you may use is stored for "{name}". Send it first: it waits for a week to be used.',
    ja: '「{name}」に該当する、使用できるファイルがありません。先に送信してください（1週間保持されます）。',
  },
}
