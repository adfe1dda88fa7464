import type { Language } from '../kernel/language.ts'

type Texts = Readonly<Record<string, string>>

const en = {
  exported: '{path}: {size} entries of the log, {files} files.',
  digest: 'SHA-256 of its manifest: {digest}. The log names it in the entry that records this export.',
  lost: '{count} object(s) were lost or damaged before and are not in it:',
  careful:
    'It holds everything about the organisation, readable by whoever has it. Keep it as you keep a key.',
  noKey:
    'An export needs an API key of an owner: make one in Assay under Keys with the scope organisation.export, then set ASSAY_KEY or give --key.',
  imported: 'Imported {size} entries of the log and {records} records of {organisation}.',
  root: 'Root: {root}. Compare it with the old installation if the archive came by an unsafe way.',
  signed: 'Sealed up to entry {upTo} by {vkey}',
  continued: 'The log goes on under the name {origin} with a new key: {vkey}',
  revoked: '{count} API key(s) were revoked: make new ones.',
  overlays: '{count} licensed text(s) were left behind: attach them again.',
  retire: 'Stop the old installation now: two that go on from here contradict each other.',
  owner: 'Set the password of {name} ({email}) here, within 7 days, once:',
  others: '{count} other people need a link too: give --links <file>, or an owner gives each one a new link.',
  wroteLinks: 'Links for everybody: {path}. Whoever has a link gets in; delete the file once they are given.',
  noOwner: 'No owner of the organisation had an account: nobody can sign in to give links.',
}

const ja: Readonly<Record<keyof typeof en, string>> = {
  exported: '{path}: ログのエントリ {size} 件、ファイル {files} 個。',
  digest: 'マニフェストの SHA-256: {digest}。このエクスポートを記録したログのエントリに同じ値があります。',
  lost: '以前に失われたか壊れていた {count} 個のオブジェクトは含まれていません:',
  careful: '組織のすべての情報が含まれ、入手した人は誰でも読めます。鍵と同じように保管してください。',
  noKey:
    'エクスポートにはオーナーの API キーが必要です。Assay の「キー」でスコープ organisation.export のキーを作成し、ASSAY_KEY または --key で指定してください。',
  imported: '{organisation} のログのエントリ {size} 件と記録 {records} 件を取り込みました。',
  root: 'ルート: {root}。アーカイブが安全でない経路で届いた場合は、元のインストールと照合してください。',
  signed: 'エントリ {upTo} まで次の鍵で封印済み: {vkey}',
  continued: 'ログは {origin} の名前のまま新しい鍵で継続します: {vkey}',
  revoked: 'API キー {count} 個を失効させました。新しく作成してください。',
  overlays: 'ライセンス対象の文章 {count} 件は含まれていません。もう一度追加してください。',
  retire: '元のインストールをすぐに停止してください。両方が続くと互いに矛盾します。',
  owner: '{name}（{email}）のパスワードを次のアドレスで設定してください（7日以内、1回限り）:',
  others:
    '他の {count} 人にもリンクが必要です。--links <ファイル> を指定するか、オーナーが各人に新しいリンクを発行してください。',
  wroteLinks: '全員のリンク: {path}。リンクを持つ人は誰でも入れます。配布後に削除してください。',
  noOwner: '組織のオーナーにアカウントがありません。リンクを発行できる人がいません。',
}

const texts: Readonly<Record<Language, Texts>> = { en, ja }

/** A sentence about an export or an import. */
export const say = (
  language: Language,
  key: keyof typeof en,
  params: Readonly<Record<string, string | number>> = {},
): string =>
  (texts[language][key] ?? key).replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    String(params[name] ?? whole),
  )
