import type { Language } from '../kernel/language.ts'

const en = {
  missing: 'The tool is not installed: {detail}. Install it (Debian: apt-get install {package}).',
  timeout: 'The tool did not end in time and was stopped: {detail}. Allow more with --timeout <seconds>.',
  'too-large': 'The tool printed more than is taken: {detail}. Ask it for less.',
  exit: 'The tool failed: {detail}',
  signal: 'The tool was ended from outside: {detail}.',
  unreadable: 'What the tool printed is not a whole report ({fault}: {detail}). Nothing was sent.',
  noReport: 'The tool wrote no report file.',
  noKey:
    'A collector needs an API key: make one in Assay under Keys with the scope collection.push, then set ASSAY_KEY or give --key-file.',
  delivered: 'Delivered: {items} item(s), evidence {evidenceId}.',
  serves:
    'It is evidence for {implementations} implementation(s) and {occurrences} of their occurrences, once somebody accepts it.',
  judged: '{checks} check(s): {pass} passed, {fail} failed, {error} without an answer.',
  unresolved: 'No asset has these identifiers: {names}. Add them to an asset, or nothing is known of it.',
  refused: 'The server refused it ({status}): {detail}',
  unreachable: 'The server could not be reached: {detail}',
}

const ja: Readonly<Record<keyof typeof en, string>> = {
  missing:
    'ツールがインストールされていません: {detail}。インストールしてください（Debian: apt-get install {package}）。',
  timeout: 'ツールが時間内に終わらないため停止しました: {detail}。--timeout <秒> で延長できます。',
  'too-large': 'ツールの出力が上限を超えました: {detail}。対象を絞ってください。',
  exit: 'ツールが失敗しました: {detail}',
  signal: 'ツールが外部から終了させられました: {detail}。',
  unreadable: 'ツールの出力が完全な報告ではありません（{fault}: {detail}）。何も送信していません。',
  noReport: 'ツールが報告ファイルを書き出しませんでした。',
  noKey:
    '収集には API キーが必要です。Assay の「キー」でスコープ collection.push のキーを作成し、ASSAY_KEY または --key-file で指定してください。',
  delivered: '送信しました: {items} 件、証拠 {evidenceId}。',
  serves:
    '実施 {implementations} 件とその予定 {occurrences} 件の証拠として登録されました。承認されると有効になります。',
  judged: 'チェック {checks} 件: 合格 {pass}、不合格 {fail}、判定不能 {error}。',
  unresolved: '次の識別子を持つ資産がありません: {names}。資産に登録しない限り、その状態は不明のままです。',
  refused: 'サーバーに拒否されました（{status}）: {detail}',
  unreachable: 'サーバーに接続できません: {detail}',
}

/** A sentence of `assay collect`. */
export function say(
  language: Language,
  text: keyof typeof en,
  params: Readonly<Record<string, string | number>> = {},
): string {
  const words = language === 'ja' ? ja : en
  return words[text].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}
