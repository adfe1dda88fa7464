import type { ProblemTexts } from '../kernel/error.ts'

export const logProblems: ProblemTexts = {
  'log.frozen': {
    en: 'Nothing can be changed: entries {from} to {to} of the evidence log existed and are missing from the database, as after restoring an old backup. Restore a newer backup; if there is none, the operator can begin a successor log (assay log successor).',
    ja: '変更できません。証跡ログのエントリ {from}〜{to} が過去に存在しましたが、データベースにありません（古いバックアップの復元など）。より新しいバックアップを復元してください。ない場合は、運用者が後継ログを開始できます（assay log successor）。',
  },
  'log.forked': {
    en: 'Nothing can be changed: another state of the evidence log was signed for its first {size} entries than the one in the database. Restore the database that belongs to the published log, or let the operator begin a successor log (assay log successor).',
    ja: '変更できません。証跡ログの先頭 {size} 件について、データベースの内容とは別の状態が署名されています。公開済みのログに対応するデータベースを復元するか、運用者が後継ログを開始してください（assay log successor）。',
  },
  'log.not_sealed': {
    en: 'Entry {index} is recorded but not in a signed checkpoint yet. Try again in a few seconds.',
    ja: 'エントリ {index} は記録済みですが、まだ署名済みチェックポイントに含まれていません。数秒後にもう一度お試しください。',
  },
  'log.not_published': {
    en: 'The log has no published checkpoint yet.',
    ja: 'このログにはまだ公開されたチェックポイントがありません。',
  },
  'log.opening_erased': {
    en: 'What entry {index} says was erased, so it cannot be proven any more. Its place in the log remains.',
    ja: 'エントリ {index} の内容は消去されているため、証明できません。ログ上の位置は残っています。',
  },
  'log.not_of_record': {
    en: 'Entry {index} does not belong to this record.',
    ja: 'エントリ {index} はこの記録のものではありません。',
  },
  'log.newest_stays': {
    en: 'Entry {index} is the newest of its record. Change the record first, so that it no longer holds what must go; then erase the older entries.',
    ja: 'エントリ {index} はこの記録の最新のものです。先に記録を変更して該当する情報を除いてから、古いエントリを消去してください。',
  },
  'log.approver_is_requester': {
    en: 'Someone other than the person who asked for the erasure must approve it.',
    ja: '消去の承認は、依頼した本人以外が行う必要があります。',
  },
  'log.erasure_decided': {
    en: 'This erasure was carried out already.',
    ja: 'この消去は既に実行されています。',
  },
}
