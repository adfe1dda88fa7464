import type { ProblemTexts } from '../kernel/error.ts'
import { evidenceExchangeProblemTexts } from './exchange-problems.ts'

const rules: ProblemTexts = {
  'evidence.in_future': {
    en: 'The day {day} has not come yet; today is {today}. Evidence is about what was.',
    ja: '{day} はまだ到来していません（本日: {today}）。証拠は過去についてのものです。',
  },
  'evidence.collected_before': {
    en: 'It was collected on {day}, before the end {to} of what it is about. Correct one of the days.',
    ja: '収集日 {day} が対象期間の終わり {to} より前です。どちらかの日付を直してください。',
  },
  'evidence.validity_over': {
    en: 'It would speak until {until}, before it was collected on {collected}. Correct one of the days.',
    ja: '有効期限 {until} が収集日 {collected} より前です。どちらかの日付を直してください。',
  },
  'evidence.instant_elsewhere': {
    en: 'This time does not belong to the day of collection, {day}.',
    ja: 'この時刻は収集日 {day} のものではありません。',
  },
  'evidence.files_missing': {
    en: 'Attach at least one file. Without files only what a person attests or observes can be recorded.',
    ja: 'ファイルを1つ以上添付してください。ファイルなしで記録できるのは、人による証言または観察だけです。',
  },
  'evidence.location_missing': {
    en: 'Say where it is kept: a web address, a folder or a shelf.',
    ja: '保管場所（URL、フォルダー、書棚など）を記入してください。',
  },
  'evidence.words_missing': {
    en: 'Describe what was seen, or attach a file.',
    ja: '確認した内容を記述するか、ファイルを添付してください。',
  },
  'evidence.link_twice': { en: 'This stands twice.', ja: '同じものが重複しています。' },
  'evidence.entity_elsewhere': {
    en: 'You may not use evidence there: it belongs to an entity outside your grant.',
    ja: 'あなたの権限の範囲外の組織のものであるため、ここには使えません。',
  },
  'evidence.proposal_for_one': {
    en: 'Name an implementation or an occurrence, one of the two.',
    ja: '実施または実施時期のどちらか一方を指定してください。',
  },
  'evidence.too_many_links': {
    en: 'An item can be linked to {limit} of a kind at most.',
    ja: 'リンクは種類ごとに {limit} 件までです。',
  },
}

const changes: ProblemTexts = {
  'evidence.withdrawn': {
    en: 'It was withdrawn on {day}. Add a new item instead.',
    ja: '{day} に取り下げられています。新しい証拠を登録してください。',
  },
  'evidence.disposed': {
    en: 'Its files were disposed of on {day}.',
    ja: 'ファイルは {day} に廃棄されています。',
  },
  'evidence.replaced': {
    en: 'A newer item replaces it already. Revise that one.',
    ja: '既に新しい証拠に置き換えられています。そちらを改訂してください。',
  },
  'evidence.review_needs_person': {
    en: 'Only a named person can judge evidence.',
    ja: '証拠を判定できるのは人だけです。',
  },
  'evidence.own': {
    en: 'You collected or added this yourself. Somebody else must accept it.',
    ja: 'あなた自身が収集または登録した証拠です。承認は別の人が行ってください。',
  },
  'evidence.note_missing': {
    en: 'Say what is wrong with it, so that it can be put right.',
    ja: '差し戻す理由を記入してください。',
  },
  'evidence.judged_before': {
    en: 'It was judged on {day}, before it was collected on {collected}. Correct one of the days.',
    ja: '判定日 {day} が収集日 {collected} より前です。どちらかの日付を直してください。',
  },
  'evidence.held': {
    en: 'A hold stands since {day}: {reason}. Release it first.',
    ja: '{day} から保全措置（ホールド）中です（{reason}）。先に解除してください。',
  },
  'evidence.held_already': {
    en: 'A hold stands already, since {day}.',
    ja: '既に {day} から保全措置（ホールド）中です。',
  },
  'evidence.not_held': { en: 'No hold stands.', ja: '保全措置（ホールド）はありません。' },
  'evidence.retention_open': {
    en: 'It has no end of retention. Set the day until which it must be kept.',
    ja: '保存期限が決められていません。先に保存期限を設定してください。',
  },
  'evidence.retained': {
    en: 'It must be kept until {day}.',
    ja: '{day} まで保存する必要があります。',
  },
  'evidence.retention_shorter': {
    en: 'This ends retention earlier than {day}. Say why.',
    ja: '保存期限を {day} より早めるには、理由を記入してください。',
  },
}

const uploads: ProblemTexts = {
  'evidence.card_numbers': {
    en: '{count} file(s) were refused because they contain payment card numbers. Nothing of them was kept. Mask the numbers and send the files again.',
    ja: 'カード番号が含まれているため、{count}件のファイルを受け付けませんでした。内容は保存していません。番号を伏せてから、もう一度送信してください。',
  },
  'evidence.card_number': {
    en: '{name}: {brand} number {masked} at {place}.',
    ja: '{name}: {brand} の番号 {masked}（{place}）',
  },
  'evidence.card_number_in_words': {
    en: 'This has a {brand} card number, {masked}. Mask it: words are kept as long as the log is.',
    ja: '{brand} のカード番号 {masked} が含まれています。記載内容はログとともに残るため、番号を伏せてください。',
  },
  'evidence.files_refused': {
    en: '{count} file(s) were not taken. The others wait to be used.',
    ja: '{count}件のファイルを受け付けませんでした。ほかのファイルは使用できます。',
  },
  'evidence.file_empty': {
    en: '{name} is empty. Choose a file with content.',
    ja: '{name} は空です。内容のあるファイルを選んでください。',
  },
  'evidence.file_missing': {
    en: 'The form has no file.',
    ja: 'フォームにファイルがありません。',
  },
  'evidence.file_large': {
    en: '{name} is larger than {limit} bytes. Send it as a resumable upload.',
    ja: '{name} は {limit} バイトを超えています。再開可能なアップロードで送信してください。',
  },
  'evidence.file_too_large': {
    en: 'Files of more than {limit} bytes are not taken.',
    ja: '{limit} バイトを超えるファイルは受け付けません。',
  },
  'evidence.files_at_once': {
    en: 'At most {limit} files can be sent at once. Send the rest afterwards.',
    ja: '一度に送信できるファイルは {limit} 件までです。残りは後で送信してください。',
  },
  'evidence.files_waiting': {
    en: 'You have {count} files ({bytes} bytes) that no evidence uses yet; at most {limit} files and {most} bytes may wait. Use or discard some first.',
    ja: '証拠に使われていないファイルが {count} 件（{bytes} バイト）あります。上限は {limit} 件・{most} バイトです。先に使うか破棄してください。',
  },
  'evidence.uploads_open': {
    en: '{count} uploads are in progress; at most {limit} may be. Finish or cancel one first.',
    ja: '進行中のアップロードが {count} 件あります（上限 {limit} 件）。先に完了または中止してください。',
  },
  'evidence.file_cut_off': {
    en: 'The upload ended in the middle. Nothing of the last file was kept; send it again.',
    ja: 'アップロードが途中で切れました。最後のファイルは保存していません。もう一度送信してください。',
  },
  'evidence.file_unknown': {
    en: 'This file is not yours, was used already, or has expired. Send it again.',
    ja: 'このファイルはあなたのものでないか、使用済みか、期限切れです。もう一度送信してください。',
  },
  'evidence.file_gone': {
    en: 'The bytes of this file are gone. Send it again.',
    ja: 'このファイルの内容が失われています。もう一度送信してください。',
  },
  'evidence.data_not_json': {
    en: 'Structured data must be a JSON file; this is {found}.',
    ja: '構造化データは JSON ファイルでなければなりません（実際: {found}）。',
  },
  'evidence.offset': {
    en: 'The next byte is number {offset}. Continue from there.',
    ja: '次のバイト位置は {offset} です。そこから続けてください。',
  },
  'evidence.offset_missing': {
    en: 'Say where the piece begins: send Upload-Offset.',
    ja: '断片の開始位置を Upload-Offset で指定してください。',
  },
  'evidence.upload_busy': {
    en: 'A piece of this upload is being received. Ask for the offset again.',
    ja: 'このアップロードは別の断片を受信中です。位置を取得し直してください。',
  },
  'evidence.upload_over': {
    en: 'The piece goes beyond the announced size of {size} bytes.',
    ja: '断片が申告されたサイズ（{size} バイト）を超えています。',
  },
  'evidence.no_preview': {
    en: 'Files of this type are not shown here. Download it.',
    ja: 'この種類のファイルは表示できません。ダウンロードしてください。',
  },
}

export const evidenceProblemTexts: ProblemTexts = {
  ...rules,
  ...changes,
  ...uploads,
  ...evidenceExchangeProblemTexts,
}
