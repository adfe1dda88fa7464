import { catalogue } from '../../web/i18n/paired.ts'

export const overlayMessages = catalogue(
  {
    title: 'Licensed text',
    lead: 'If your organisation holds a licence, attach the text of this edition to read it beside the titles. Owners, managers and contributors can read it; external auditors and readers cannot. It never leaves in an export, in a programme file or on the public page.',
    attached: (holder: string, count: string) =>
      `Licensed to ${holder}: text for ${count} requirement${count === '1' ? '' : 's'}`,
    attach: 'Attach licensed text',
    drop: 'Drop a CSV or JSON file here',
    dropHint: 'CSV with the columns id,text, or JSON as a list of {"id", "text"}. Up to 20 MB.',
    choose: 'Choose a file',
    other: 'Choose another file',
    holder: 'Licence holder',
    holderHint: 'As the licence names it. It stands in the log and beside the text.',
    language: 'Language of the text',
    languages: { en: 'English', ja: 'Japanese' },
    replaces:
      'A text in this language is attached already and will be replaced and deleted. The log keeps that it was there.',
    consequence:
      'The file is checked row by row and attached as a whole, or not at all. The log records its digest, the licence holder and the number of texts, never the text.',
    save: 'Attach',
    remove: 'Remove',
    removeTitle: 'Remove the licensed text',
    removeText: (holder: string, language: string) =>
      `Nobody will read the ${language} text of ${holder} here any more, and its bytes are deleted. Titles, assessments and the log stay. To undo it, attach the file again.`,
    cancel: 'Cancel',
    close: 'Close',
  },
  {
    title: 'ライセンス本文',
    lead: 'ライセンスをお持ちの場合は、この版の本文を添付して見出しとともに読めます。閲覧できるのは所有者、管理者、担当者のみで、監査人と閲覧者には表示されません。書き出し、プログラムファイル、公開ページに含まれることはありません。',
    attached: (holder, count) => `ライセンス保有者: ${holder}（${count}項目の本文）`,
    attach: 'ライセンス本文を添付',
    drop: 'CSV または JSON ファイルをここにドロップ',
    dropHint: 'CSV は id,text の2列、JSON は {"id", "text"} の配列です。20 MBまで。',
    choose: 'ファイルを選択',
    other: '別のファイルを選択',
    holder: 'ライセンス保有者',
    holderHint: 'ライセンスに記載の名称です。ログに残り、本文とともに表示されます。',
    language: '本文の言語',
    languages: { en: '英語', ja: '日本語' },
    replaces:
      'この言語の本文は既に添付されており、差し替えられ、元の本文は削除されます。添付されていた事実はログに残ります。',
    consequence:
      'ファイルを1行ずつ確認し、すべて正しい場合にのみ添付します。ログに残るのはダイジェスト、ライセンス保有者、項目数で、本文は残りません。',
    save: '添付する',
    remove: '取り外す',
    removeTitle: 'ライセンス本文の取り外し',
    removeText: (holder, language) =>
      `${holder}の本文（${language}）は、ここで誰も読めなくなり、本文のデータは削除されます。見出し、評価、ログは残ります。元に戻すには、ファイルをもう一度添付してください。`,
    cancel: 'キャンセル',
    close: '閉じる',
  },
)
