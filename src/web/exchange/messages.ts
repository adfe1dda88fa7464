import { catalogue } from '../i18n/paired.ts'

const rows = (count: string) => (count === '1' ? '1 row' : `${count} rows`)

/** Words that are the same whatever a file is about. */
export const importMessages = catalogue(
  {
    drop: 'Drop a CSV or XLSX file here',
    dropHint: 'It is only read at first. Nothing changes before you say so.',
    choose: 'Choose a file',
    other: 'Choose another file',
    reading: 'Reading the file…',
    importing: (count: string) => `Importing ${rows(count)}…`,
    seconds: (count: string) => `${count} s`,
    rows: 'Rows of the file',
    row: 'Row',
    fate: 'What happens',
    details: 'Details',
    fates: { create: 'New', update: 'Change', unchanged: 'Unchanged', error: 'Error' },
    fateCount: (fate: string, count: string) => `${fate}: ${count}`,
    more: (count: string) => `Not shown here: ${rows(count)} more. They are imported all the same.`,
    unknown: (columns: string) => `These columns are not ours and are left out: ${columns}.`,
    faulty: (count: string) =>
      `${rows(count)} cannot be imported, so nothing can: a file goes in as a whole. Correct the file where it is wrong and choose it again.`,
    nothing: 'Everything in this file is so already. There is nothing to import.',
    reason: 'Reason (optional)',
    reasonHint: 'Kept in the log beside each change.',
    apply: (count: string) => `Import ${rows(count)}`,
    cancel: 'Cancel',
    close: 'Close',
  },
  {
    drop: 'CSV または XLSX ファイルをここにドロップ',
    dropHint: 'まず内容を確認します。確定するまで何も変更されません。',
    choose: 'ファイルを選択',
    other: '別のファイルを選択',
    reading: 'ファイルを読み取っています…',
    importing: (count) => `${count}件を取り込んでいます…`,
    seconds: (count) => `${count}秒`,
    rows: 'ファイルの行',
    row: '行',
    fate: '結果',
    details: '詳細',
    fates: { create: '新規', update: '変更', unchanged: '変更なし', error: 'エラー' },
    fateCount: (fate, count) => `${fate}: ${count}件`,
    more: (count) => `ほか${count}件はここに表示していませんが、取り込みの対象です。`,
    unknown: (columns) => `次の列は対象外のため取り込みません: ${columns}`,
    faulty: (count) =>
      `${count}件の行にエラーがあるため、ファイル全体を取り込めません。以下の行を修正して、もう一度選択してください。`,
    nothing: 'このファイルの内容はすべて登録済みです。取り込むものはありません。',
    reason: '理由（任意）',
    reasonHint: '変更とともにログに残ります。',
    apply: (count) => `${count}件を取り込む`,
    cancel: 'キャンセル',
    close: '閉じる',
  },
)
