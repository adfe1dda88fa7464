import { fill, type Texts } from '../log/reason.ts'
import type { VerifyLanguage } from '../log/verify-text.ts'
import { UsageError } from './command.ts'

/** Everything that `assay verify` says besides its verdict. Nothing here needs a package or a server. */
export const verifyProblems = {
  unreadable: {
    en: 'This bundle cannot be read: {reason}. Nothing is proven.',
    ja: 'この証明は読み取れません: {reason}。何も証明されていません。',
  },
  no_place: {
    en: 'name one bundle, file or address',
    ja: '証明・ファイル・アドレスのいずれか1つを指定してください',
  },
  bad_option: {
    en: 'an option is unknown or lacks its value: {word}',
    ja: '不明な、または値のないオプションがあります: {word}',
  },
  bad_language: {
    en: '--lang is en or ja, not {language}',
    ja: '--lang には en か ja を指定してください（{language} は使えません）',
  },
  not_a_file: { en: '{path} is not a file', ja: '{path} はファイルではありません' },
  file_too_large: {
    en: '{path} is larger than any bundle may be',
    ja: '{path} は証明の上限より大きいファイルです',
  },
  not_an_address: { en: '{url} is not an address', ja: '{url} はアドレスとして正しくありません' },
  nothing_there: { en: 'there is nothing at {url}', ja: '{url} には何もありません' },
  no_proof: {
    en: 'the page offers no proof: there is nothing at {first} or {second}',
    ja: 'このページには証明がありません: {first} にも {second} にも何もありません',
  },
  no_proof_at: {
    en: 'the page offers no proof: there is nothing at {first}',
    ja: 'このページには証明がありません: {first} には何もありません',
  },
  no_bundle: {
    en: '{path} is no proof bundle, and there is no {beside}',
    ja: '{path} は証明ではなく、{beside} もありません',
  },
  unreachable: { en: '{url} cannot be reached', ja: '{url} に接続できません' },
  answers: { en: '{url} answers {status}', ja: '{url} の応答は {status} です' },
  too_large: {
    en: '{url} is larger than {limit} bytes',
    ja: '{url} は {limit} バイトを超えています',
  },
  archive_packages: {
    en: 'an archive is examined with packages that are not installed here; install the program with them',
    ja: 'アーカイブの検証に必要なパッケージがありません。プログラムをパッケージごとインストールしてください',
  },
  bad_trust: {
    en: 'a key or policy of yours cannot be read: {reason}',
    ja: '指定された鍵またはポリシーを読み取れません: {reason}',
  },
  pins_damaged: {
    en: '{path} is damaged; move it away to begin anew, and keep it: it says what you have seen',
    ja: '{path} が壊れています。これまでに確認した記録ですので、別の場所に保管してからやり直してください',
  },
  pins_unwritable: {
    en: '{path} cannot be written, so this log is not remembered',
    ja: '{path} に書き込めないため、このログを記憶できません',
  },
} as const satisfies Record<string, Texts>

export type VerifyProblemCode = keyof typeof verifyProblems

type Params = Readonly<Record<string, string | number>>

export const verifyWords = (code: VerifyProblemCode, params: Params, language: VerifyLanguage): string =>
  fill(verifyProblems[code][language], params)

/** Something that verify was given and cannot use. */
export class VerifyProblem extends UsageError {
  readonly code: VerifyProblemCode
  readonly params: Params

  constructor(code: VerifyProblemCode, params: Params = {}) {
    super(verifyWords(code, params, 'en'))
    this.code = code
    this.params = params
  }
}
