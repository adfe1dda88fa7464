/** What a message in either language may say: `{name}` is replaced by the parameter of that name. */
export type Texts = Readonly<Record<'en' | 'ja', string>>

type Params = Readonly<Record<string, string | number>>

/**
 * Why a proof is refused, in words. Nothing here needs a package or a server. The codes that begin with `tlog_` stand for
 * the kinds of errors of the log library, whose own sentences go into technical detail.
 */
export const reasonTexts = {
  not_an_object: { en: '{where} is not an object', ja: '{where} がオブジェクトではありません' },
  no_valid_member: {
    en: '{where} has no valid "{member}"',
    ja: '{where} に正しい「{member}」がありません',
  },
  file_missing: { en: 'the bundle has no {name}', ja: '証明に {name} がありません' },
  version_unknown: {
    en: 'the bundle has a version that this verifier does not know',
    ja: 'この検証プログラムが知らない版の証明です',
  },
  entry_count: {
    en: 'the bundle has no entry, or too many',
    ja: '証明にエントリがないか、多すぎます',
  },
  entry_twice: { en: 'the bundle has an entry twice', ja: '証明に同じエントリが2つあります' },
  file_unnamed: {
    en: 'the bundle holds {name}, which its manifest does not name',
    ja: '証明に、目録（manifest.json）にない {name} が含まれています',
  },
  proof_of_other_entry: { en: '{path} is of another entry', ja: '{path} は別のエントリのものです' },
  proof_of_other_checkpoint: {
    en: '{path} leads to another checkpoint',
    ja: '{path} は別のチェックポイントに至ります',
  },
  file_without_digest: {
    en: 'a file in the manifest has no SHA-256 digest',
    ja: '目録のファイルに SHA-256 ダイジェストがありません',
  },
  file_without_entry: {
    en: 'a file in the manifest belongs to no entry of the bundle',
    ja: '目録のファイルが、証明のどのエントリにも属していません',
  },
  zip_path: {
    en: '{name} is not a plain relative path',
    ja: '{name} は単純な相対パスではありません',
  },
  zip_too_large_made: { en: 'the archive is too large', ja: 'アーカイブが大きすぎます' },
  zip_too_large: {
    en: 'the archive is larger than 512 MiB',
    ja: 'アーカイブが 512 MiB を超えています',
  },
  zip_short: { en: 'the archive ends early', ja: 'アーカイブが途中で終わっています' },
  zip_cut: {
    en: 'the archive ends early, or has bytes after its end',
    ja: 'アーカイブが途中で終わっているか、末尾の後に余分なデータがあります',
  },
  zip_not: { en: 'this is not a ZIP archive', ja: 'ZIP アーカイブではありません' },
  zip_parts: {
    en: 'the archive has a comment, a gap or several parts',
    ja: 'アーカイブにコメント・隙間・複数の部分があります',
  },
  zip_twice: { en: '{name} is there twice', ja: '{name} が2つあります' },
  zip_stray: {
    en: 'the archive has bytes that belong to no file',
    ja: 'アーカイブに、どのファイルにも属さないデータがあります',
  },
  zip_header: { en: 'a file header is missing', ja: 'ファイルの見出しがありません' },
  zip_form: {
    en: 'a file is compressed, encrypted or has extra fields',
    ja: '圧縮・暗号化・追加項目のあるファイルが含まれています',
  },
  zip_beyond: {
    en: 'a file reaches beyond the archive',
    ja: 'アーカイブの範囲を越えるファイルがあります',
  },
  zip_name: {
    en: 'a file name is not a plain relative path',
    ja: '単純な相対パスでないファイル名があります',
  },
  zip_damaged: { en: '{name} is damaged', ja: '{name} が壊れています' },
  zip_directory: {
    en: 'the directory disagrees about {name}',
    ja: 'アーカイブの目次と {name} の見出しが一致しません',
  },
  statement_of_other: {
    en: 'the statement is about something else than its leaf',
    ja: '記載内容が、ログの葉とは別のものについて述べています',
  },
  checkpoint_of_other: {
    en: 'the checkpoint is of another log than the bundle',
    ja: 'チェックポイントが、証明とは別のログのものです',
  },
  subject_unknown: {
    en: 'its subject {name} is no file of this bundle',
    ja: '声明の対象 {name} は、この証明のファイルではありません',
  },
  tlog_malformed: {
    en: 'it does not have the form that its specification requires',
    ja: '仕様が求める形式になっていません',
  },
  tlog_mismatch: {
    en: 'a hash, proof, name or opening does not match',
    ja: 'ハッシュ・証明・名前・開示値のいずれかが一致しません',
  },
  tlog_bad_signature: { en: 'a signature does not verify', ja: '署名が正しくありません' },
  tlog_untrusted: {
    en: 'nobody known signed it, or too few did',
    ja: '既知の署名者による署名がないか、数が足りません',
  },
  tlog_unsupported: {
    en: 'it has a form that this verifier does not implement',
    ja: 'この検証プログラムが対応していない形式です',
  },
  tlog_range: { en: 'an index or size is impossible', ja: '番号または件数があり得ない値です' },
  unexpected: { en: 'it cannot be read', ja: '読み取れません' },
} as const satisfies Record<string, Texts>

export type ReasonCode = keyof typeof reasonTexts

export type Reason = { code: ReasonCode; params: Params; detail: string }

// Names come from the bundle: nothing in them may move the cursor or change the colour of a terminal.
export const printable = (text: string) => text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?').slice(0, 500)

export const fill = (text: string, params: Params): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => printable(String(params[name] ?? '?')))

/** A refusal with its reason; the message is the English sentence. */
export class ReasonError extends Error {
  readonly reason: ReasonCode
  readonly params: Params

  constructor(reason: ReasonCode, params: Params = {}) {
    super(fill(reasonTexts[reason].en, params))
    this.name = 'ReasonError'
    this.reason = reason
    this.params = params
  }
}

const tlogCodes = ['malformed', 'mismatch', 'bad_signature', 'untrusted', 'unsupported', 'range'] as const

/** The reason of any error that reading or checking a proof can throw. `detail` is the English sentence of its maker. */
export function reasonOf(error: unknown): Reason {
  const detail = error instanceof Error ? error.message : String(error)
  if (error instanceof ReasonError) return { code: error.reason, params: error.params, detail }
  const known = tlogCodes.find(
    (code) => error instanceof Error && error.name === 'TlogError' && 'code' in error && error.code === code,
  )
  return { code: known ? `tlog_${known}` : 'unexpected', params: {}, detail }
}

/** A reason for a person. English keeps the library's own, more exact sentence; Japanese says its kind. */
export const reasonText = ({ code, params, detail }: Reason, language: 'en' | 'ja'): string =>
  language === 'en' ? printable(detail) : fill(reasonTexts[code].ja, params)
