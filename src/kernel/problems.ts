import type { ProblemTexts } from './error.ts'
import { shapeProblems } from './shape-problems.ts'

/** Problems that every noun can have. */
export const kernelProblems: ProblemTexts = {
  'input.invalid': { en: 'Problems in the input: {count}.', ja: '入力に{count}件の問題があります。' },
  'input.not_json': { en: 'The body is not valid JSON.', ja: '本文が正しい JSON ではありません。' },
  'input.too_large': {
    en: 'The body is larger than the limit of {limit} bytes.',
    ja: '本文が上限の {limit} バイトを超えています。',
  },
  'input.differs_from_address': {
    en: 'It differs from the one in the address.',
    ja: 'アドレスの値と一致しません。',
  },
  'input.media_type': { en: 'The body must be {expected}.', ja: '本文は {expected} でなければなりません。' },
  'record.not_found': {
    en: 'No such {noun}, or it is not visible to you.',
    ja: '該当する記録（{noun}）がないか、閲覧する権限がありません。',
  },
  'record.changed_meanwhile': {
    en: 'Someone else changed this {noun} meanwhile. Load it again and repeat your change.',
    ja: 'この記録（{noun}）は他の人によって変更されました。読み込み直してから、もう一度変更してください。',
  },
  'record.version_missing': {
    en: 'Say which version you change: send If-Match with its ETag.',
    ja: '変更する版を指定してください（If-Match に ETag を指定）。',
  },
  'record.key_taken': { en: 'The key "{key}" is taken already.', ja: 'キー「{key}」は既に使われています。' },
  'record.change_ahead': {
    en: '{day} is after today ({today}). Give the day from which it is so: today or a day before.',
    ja: '{day} は本日（{today}）より後です。変更が適用される日として、本日以前の日付を入力してください。',
  },
  'record.reference_unknown': {
    en: 'It refers to a record that does not exist here.',
    ja: '存在しない記録を参照しています。',
  },
  'interval.end_before_start': {
    en: 'The end {to} lies before the start {from}.',
    ja: '終了日 {to} が開始日 {from} より前です。',
  },
  'access.forbidden': {
    en: 'Your role does not allow this ({permission}).',
    ja: 'あなたの権限ではこの操作はできません（{permission}）。',
  },
  'access.sign_in': { en: 'Sign in first.', ja: 'サインインしてください。' },
  'access.past_is_read_only': {
    en: 'The past can be read, not changed.',
    ja: '過去の状態は閲覧のみ可能で、変更できません。',
  },
  'request.not_found': { en: 'There is nothing at this address.', ja: 'このアドレスには何もありません。' },
  'request.idempotency_reused': {
    en: 'This Idempotency-Key was used for a different request.',
    ja: 'この Idempotency-Key は別の要求で使用済みです。',
  },
  'request.cross_site': {
    en: 'Requests from another site are refused.',
    ja: '別のサイトからの要求は受け付けません。',
  },
  'request.cursor': {
    en: 'The cursor does not belong to this list.',
    ja: 'カーソルがこの一覧のものではありません。',
  },
  'request.too_many': {
    en: 'Too many requests. Try again in {seconds} seconds.',
    ja: '要求が多すぎます。{seconds} 秒後にもう一度お試しください。',
  },
  'server.unavailable': {
    en: 'The database is not reachable at the moment. Nothing was changed; try again.',
    ja: '現在データベースに接続できません。変更は行われていません。しばらくしてからもう一度お試しください。',
  },
  'server.disk_full': {
    en: 'The storage is full. Nothing was saved.',
    ja: 'ストレージに空きがありません。何も保存されていません。',
  },
  'server.internal': {
    en: 'Something went wrong on our side. Nothing was changed. Reference: {request}.',
    ja: 'サーバー側で問題が発生しました。変更は行われていません。参照番号: {request}',
  },
  day: {
    en: 'This is not a real calendar day (YYYY-MM-DD).',
    ja: '実在する日付ではありません（YYYY-MM-DD）。',
  },
  key: {
    en: 'Use lower-case letters, digits and single hyphens.',
    ja: '英小文字・数字・単独のハイフンのみ使えます。',
  },
  country: {
    en: 'Use the two-letter country code (ISO 3166-1).',
    ja: '2文字の国コード（ISO 3166-1）を使ってください。',
  },
  id: {
    en: 'This is not an identifier: use a UUID in lower case.',
    ja: '識別子として正しくありません（小文字の UUID を使ってください）。',
  },
  too_deep: {
    en: 'The input is nested more deeply than {limit} levels.',
    ja: '入力の入れ子が {limit} 段を超えています。',
  },
  host: { en: 'This is not a host name.', ja: 'ホスト名として正しくありません。' },
  time_zone: { en: 'This time zone is not known.', ja: '不明なタイムゾーンです。' },
  blank: { en: 'This is empty.', ja: '空欄です。' },
  language_missing: {
    en: 'Give the text in at least one language.',
    ja: '少なくとも1つの言語で入力してください。',
  },
  unstorable_character: {
    en: 'It contains a character that cannot be stored (NUL or half a surrogate pair).',
    ja: '保存できない文字（NUL または不完全なサロゲート）が含まれています。',
  },
  deceptive_character: {
    en: 'It contains control, direction-changing or invisible characters.',
    ja: '制御文字、書字方向を変える文字、または見えない文字が含まれています。',
  },
  line_break: { en: 'It must be a single line.', ja: '1行で入力してください。' },
  outer_space: { en: 'It begins or ends with a space.', ja: '先頭または末尾に空白があります。' },
  ...shapeProblems,
}
