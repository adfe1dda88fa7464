import { catalogue } from '../../web/i18n/paired.ts'

const rows = (count: string) => (count === '1' ? '1 row' : `${count} rows`)

/** Words for the index of evidence as a file, and for what is done with many items at once. */
export const exchangeMessages = catalogue(
  {
    export: 'Export',
    import: 'Import',
    exportWhat: (count: string) => `The index of evidence, exactly as shown: ${rows(count)}`,
    exportChosen: (count: string) => `Of the chosen items: ${count}`,
    exportAsOf: (day: string) => `As of ${day}`,
    csv: 'CSV (text, UTF-8)',
    xlsx: 'XLSX (Excel)',
    title: 'Import an index of evidence',
    lead: 'Each row is one item: its title and entity, the days that it is about, and where it is kept – a web address, a shelf, or the SHA-256 of a file that you sent before. New items await review. An item that is here already gets the links and the end of retention of its row and keeps everything else; an empty cell changes nothing, and the same file twice changes nothing.',
    template: 'Download what is there now as a template',
    key: 'Title',
    parts: {
      implementationIds: 'controls',
      occurrenceIds: 'tasks',
      requirements: 'requirements',
      assetIds: 'assets',
      validUntil: 'valid until',
      retainUntil: 'kept until',
    } as Record<string, string>,
    ready: (count: string) => `${rows(count)} would change the register. Nothing has been changed yet.`,
    done: (created: string, updated: string) =>
      `Imported: ${created} added, ${updated} changed. Each is an entry of the log. New items await review.`,
    bulk: {
      titles: {
        accept: (count: string) => (count === '1' ? 'Accept 1 item' : `Accept ${count} items`),
        reject: (count: string) => (count === '1' ? 'Reject 1 item' : `Reject ${count} items`),
        withdraw: (count: string) => (count === '1' ? 'Withdraw 1 item' : `Withdraw ${count} items`),
        hold: (count: string) =>
          count === '1' ? 'Place a hold on 1 item' : `Place a hold on ${count} items`,
      },
      acts: { accept: 'Accept', reject: 'Reject', withdraw: 'Withdraw', hold: 'Hold' },
      texts: {
        accept:
          'From today they count for what they are linked to. You stand in the log as the one who accepted each.',
        reject: 'They count for nothing. Whoever added them sees your reason.',
        withdraw:
          'From today they count for nothing. They stay readable with your reason; this cannot be undone.',
        hold: 'Nobody can dispose of their files until the hold is released.',
      },
      items: 'The chosen items',
      result: 'What became of it',
      stays: 'Stays as it is',
      waiting: 'Not yet',
      working: 'Working…',
      done: 'Done',
      refused: 'Refused',
      progress: (done: string, all: string) => `${done} of ${all}`,
      finished: (done: string, refused: string) =>
        refused === '0'
          ? `Done: ${done}.`
          : `Done: ${done}. Refused: ${refused}; the reasons stand beside them.`,
      nothing: 'Of the chosen items this can be done with none. The reasons stand beside them.',
      seen: 'I have looked at each of them.',
      close: 'Close',
      cancel: 'Cancel',
    },
  },
  {
    export: '書き出し',
    import: '取り込み',
    exportWhat: (count) => `表示中の証拠の一覧${count}件`,
    exportChosen: (count) => `選択した証拠${count}件`,
    exportAsOf: (day) => `${day}時点`,
    csv: 'CSV（テキスト、UTF-8）',
    xlsx: 'XLSX（Excel）',
    title: '証拠の一覧の取り込み',
    lead: '1行が1件の証拠です。件名と組織、対象の日付、保管場所（URL、書棚、または送信済みファイルの SHA-256）を記入します。新しい証拠はレビュー待ちになります。登録済みの証拠は、紐づけと保存期限だけが行の内容に変わり、ほかは変わりません。空欄は変更なしを意味します。同じファイルを二度取り込んでも結果は変わりません。',
    template: '現在の登録内容をひな形としてダウンロード',
    key: '件名',
    parts: {
      implementationIds: '管理策',
      occurrenceIds: 'タスク',
      requirements: '要求事項',
      assetIds: '資産',
      validUntil: '有効期限',
      retainUntil: '保存期限',
    },
    ready: (count) => `${count}件が追加または変更されます。まだ何も変更していません。`,
    done: (created, updated) =>
      `取り込みました。追加${created}件、変更${updated}件。それぞれがログに記録されています。新しい証拠はレビュー待ちです。`,
    bulk: {
      titles: {
        accept: (count) => `${count}件を承認`,
        reject: (count) => `${count}件を差戻し`,
        withdraw: (count) => `${count}件を取り下げ`,
        hold: (count) => `${count}件をホールド（保全措置）`,
      },
      acts: { accept: '承認', reject: '差戻し', withdraw: '取り下げ', hold: 'ホールド' },
      texts: {
        accept: '本日から紐づけ先の裏付けになります。各証拠の承認者としてあなたの名前がログに残ります。',
        reject: '裏付けにはなりません。登録者には理由が表示されます。',
        withdraw: '本日から裏付けになりません。理由とともに閲覧でき、取消しはできません。',
        hold: '解除するまで、誰もファイルを廃棄できません。',
      },
      items: '選択した証拠',
      result: '結果',
      stays: '変更なし',
      waiting: '未処理',
      working: '処理中…',
      done: '完了',
      refused: '不可',
      progress: (done, all) => `${done} / ${all}件`,
      finished: (done, refused) =>
        refused === '0'
          ? `完了しました（${done}件）。`
          : `完了${done}件、不可${refused}件。理由は各行に表示しています。`,
      nothing: '選択した証拠には実行できるものがありません。理由は各行に表示しています。',
      seen: 'すべての内容を確認しました。',
      close: '閉じる',
      cancel: 'キャンセル',
    },
  },
)
