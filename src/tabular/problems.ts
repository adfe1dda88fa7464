import type { ProblemTexts } from '../kernel/error.ts'

/** Problems and notes of files with rows and columns. */
export const tabularProblems: ProblemTexts = {
  'tabular.file': {
    en: 'The file has {count} fault(s). Nothing was changed; correct them and send it again.',
    ja: 'ファイルに{count}件の問題があります。何も変更されていません。修正して再度送信してください。',
  },
  'tabular.called_off': {
    en: 'The import was called off. Nothing was changed.',
    ja: '取り込みを中止しました。何も変更されていません。',
  },
  'tabular.busy': {
    en: 'Your organisation has {limit} imports running already. Wait until one of them has ended, and try again.',
    ja: 'この組織では、すでに{limit}件の取り込みを実行しています。いずれかが終わってから、もう一度お試しください。',
  },
  'tabular.empty': { en: 'The file has no rows.', ja: 'ファイルに行がありません。' },
  'tabular.encoding': {
    en: 'The text is neither UTF-8 nor Shift_JIS. Save it as "CSV UTF-8" and send it again.',
    ja: '文字コードが UTF-8 でも Shift_JIS でもありません。「CSV UTF-8」形式で保存し直してください。',
  },
  'tabular.note_shift_jis': {
    en: 'The file was read as Shift_JIS.',
    ja: 'ファイルを Shift_JIS として読み取りました。',
  },
  'tabular.nul': {
    en: 'Row {row} contains a NUL character, which text files do not have.',
    ja: '{row}行目に、テキストに使えない NUL 文字が含まれています。',
  },
  'tabular.syntax': {
    en: 'Row {row} cannot be read: {reason}',
    ja: '{row}行目を読み取れません: {reason}',
  },
  'tabular.ragged': {
    en: 'Row {row} has {found} cells, but the header has {expected}.',
    ja: '{row}行目のセルは {found} 個ですが、見出しは {expected} 列です。',
  },
  'tabular.header_twice': {
    en: 'This column is there twice.',
    ja: 'この列が重複しています。',
  },
  'tabular.header_missing': {
    en: 'Row {row} has a cell in a column without a heading.',
    ja: '{row}行目に、見出しのない列のセルがあります。',
  },
  'tabular.too_many_rows': {
    en: 'The file has more than {limit} rows. Split it.',
    ja: '行数が上限の {limit} 行を超えています。分割してください。',
  },
  'tabular.too_many_columns': {
    en: 'Row {row} has more than {limit} columns.',
    ja: '{row}行目の列数が上限の {limit} 列を超えています。',
  },
  'tabular.cell_too_long': {
    en: 'Row {row} has a cell of more than {limit} characters.',
    ja: '{row}行目に {limit} 文字を超えるセルがあります。',
  },
  'tabular.not_a_workbook': {
    en: 'The file is not an Excel workbook (XLSX), or it is damaged: {reason}.',
    ja: 'Excel ブック（XLSX）ではないか、壊れています: {reason}',
  },
  'tabular.unsafe_archive': {
    en: 'The archive is refused because of its member "{member}": {reason}.',
    ja: '圧縮ファイルの「{member}」に問題があるため受け付けられません: {reason}',
  },
  'tabular.xml': {
    en: 'The part "{member}" of the workbook cannot be read: {reason}.',
    ja: 'ブックの構成部分「{member}」を読み取れません: {reason}',
  },
  'tabular.cell': {
    en: 'Cell {cell} cannot be read: {reason}.',
    ja: 'セル {cell} を読み取れません: {reason}',
  },
  'tabular.no_sheet': {
    en: 'The workbook has no visible sheet.',
    ja: 'ブックに表示されているシートがありません。',
  },
  'tabular.note_hidden_sheet': {
    en: 'The hidden sheet "{sheet}" was not read.',
    ja: '非表示のシート「{sheet}」は読み取っていません。',
  },
  'tabular.note_other_sheet': {
    en: 'Only the first sheet was read, not "{sheet}".',
    ja: '最初のシートだけを読み取り、「{sheet}」は読み取っていません。',
  },
  'tabular.note_merged': {
    en: 'The cells {range} are merged; their value counts for the first of them only.',
    ja: 'セル {range} は結合されています。値は先頭のセルだけに入ります。',
  },
}
