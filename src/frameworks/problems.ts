import type { ProblemTexts } from '../kernel/error.ts'

export const frameworkProblems: ProblemTexts = {
  'edition.unknown': {
    en: 'There is no edition "{key}" among the shipped frameworks.',
    ja: '収録されている枠組みに「{key}」という版はありません。',
  },
  'edition.control_unknown': {
    en: 'There is no common control "{id}". Choose one from the list of common controls.',
    ja: '共通管理策に「{id}」はありません。共通管理策の一覧から選んでください。',
  },
  'edition.requirement_unknown': {
    en: 'There is no requirement "{id}" in "{edition}". Use the identifiers shown in the requirement list.',
    ja: '「{edition}」に「{id}」という要求事項はありません。要求事項一覧の番号を使ってください。',
  },
  'mapping.unknown': {
    en: 'There is no mapping from "{from}" to "{to}".',
    ja: '「{from}」から「{to}」への対応表はありません。',
  },
  'overlay.not_an_overlay': {
    en: 'This object is not a checked text of this edition and language. Upload the file again.',
    ja: 'このファイルは、この版・言語の検査済み本文ではありません。もう一度アップロードしてください。',
  },
  'overlay.removed_already': {
    en: 'This text has been taken off already.',
    ja: 'この本文は既に取り外されています。',
  },
  'overlay.file': {
    en: 'The file has {count} faulty row(s). Nothing was attached; correct them and upload it again.',
    ja: 'ファイルに誤りのある行が{count}行あります。何も登録されていません。修正して再度アップロードしてください。',
  },
  'overlay.unknown_id': {
    en: 'Row {row}: "{id}" is not in this edition. Use the identifiers shown in the requirement list.',
    ja: '{row}行目: 「{id}」はこの版にありません。要求事項一覧の番号を使ってください。',
  },
  'overlay.duplicate_id': {
    en: 'Row {row}: "{id}" stands in an earlier row already. Keep one of them.',
    ja: '{row}行目: 「{id}」は前の行と重複しています。どちらか一方だけにしてください。',
  },
  'overlay.empty_text': {
    en: 'Row {row}: "{id}" has no text. Fill it in or leave the row out.',
    ja: '{row}行目: 「{id}」の本文がありません。入力するか、行を削除してください。',
  },
  'overlay.text_too_long': {
    en: 'Row {row}: the text of "{id}" is longer than {limit} bytes.',
    ja: '{row}行目: 「{id}」の本文が {limit} バイトを超えています。',
  },
  'overlay.bad_row': {
    en: 'Row {row} cannot be read: {reason}.',
    ja: '{row}行目を読み取れません（{reason}）。',
  },
}
