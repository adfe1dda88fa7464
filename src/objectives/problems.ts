import type { ProblemTexts } from '../kernel/error.ts'

export const objectiveProblemTexts: ProblemTexts = {
  'objective.target_order': {
    en: 'Targets stand in the order of their days; the one before this is by {by}.',
    ja: '目標は期日の順に並べてください。前の目標の期日は {by} です。',
  },
  'objective.upper_missing': {
    en: 'A value that is to stay within two limits needs the upper one too.',
    ja: '範囲で示す目標には上限も必要です。',
  },
  'objective.upper_below': {
    en: 'The upper limit is below the lower one, {lower}.',
    ja: '上限が下限 {lower} を下回っています。',
  },
  'objective.upper_unused': {
    en: 'Only a value that is to stay within limits has an upper one. Leave it empty.',
    ja: '上限は範囲で示す目標にだけ指定できます。空欄にしてください。',
  },
  'objective.changed_one': {
    en: '"{key}" was changed meanwhile. Load the list again.',
    ja: '「{key}」は他の人が変更しました。一覧を読み込み直してください。',
  },
  'objective.ended': { en: 'It ended on {day} already.', ja: '{day} に既に終了しています。' },
  'objective.target_unreadable': {
    en: '"{found}" is no target. Write the day and the value, as in 2023-12-31 98.5, or 2023-12-31 90..95 for a range.',
    ja: '「{found}」は目標として読み取れません。「2023-12-31 98.5」のように期日と値を、範囲の場合は「2023-12-31 90..95」と書いてください。',
  },
  'exchange.programme_unknown': {
    en: 'There is no programme with the key "{name}".',
    ja: 'キー「{name}」のプログラムはありません。',
  },
  'objective.unknown': {
    en: 'There is no objective with the key "{name}".',
    ja: 'キー「{name}」の目的はありません。',
  },
  'reading.future': {
    en: 'Nothing can be read ahead of its day: today is {today}.',
    ja: '未来の日付の測定値は登録できません。今日は {today} です。',
  },
  'reading.outside': {
    en: 'The objective is pursued from {from} to {to}. Choose a day within.',
    ja: 'この目的の期間は {from} から {to} までです。期間内の日付を指定してください。',
  },
  'reading.day_taken': {
    en: 'There is a value of {day} already. If it is wrong, correct that one.',
    ja: '{day} の測定値は既にあります。誤りがある場合は、その測定値を訂正してください。',
  },
  'reading.replaced_already': {
    en: 'This value was corrected already. Correct the newer one.',
    ja: 'この測定値は既に訂正されています。訂正後の測定値を訂正してください。',
  },
  'reading.not_a_number': { en: 'Write a number, such as 98.5.', ja: '98.5 のような数値を書いてください。' },
  'reading.day_twice': {
    en: 'Row {row} has a value of the same objective and day already.',
    ja: '{row}行目に同じ目的・同じ日の値があります。',
  },
  'reading.differs': {
    en: 'The value of this day is {before}. A file corrects nothing: do it on the objective’s page, where it stays visible what was wrong.',
    ja: 'この日の値は {before} です。ファイルでは訂正できません。訂正の経緯が残るよう、目的の画面で訂正してください。',
  },
}
