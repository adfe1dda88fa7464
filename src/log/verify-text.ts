import { fill, printable, reasonText, type Texts } from './reason.ts'
import type { Claim, ClaimCode, ClaimStatus, Said, Verdict } from './verify.ts'

export type VerifyLanguage = 'en' | 'ja'

// Each claim says what it shows, and what it does not: a list is honest where a tick would not be.
export const claimTexts: Readonly<Record<ClaimCode, { what: Texts; not: Texts }>> = {
  file_logged: {
    what: {
      en: 'File "{name}" (SHA-256 {digest}) is the one that entry {index} names.',
      ja: 'ファイル「{name}」（SHA-256 {digest}）は、エントリ {index} に記録されたものと同一です。',
    },
    not: { en: 'that what the file says is true.', ja: 'ファイルの内容が真実であること。' },
  },
  file_unknown: {
    what: {
      en: 'File "{name}" (SHA-256 {digest}) is named by this bundle.',
      ja: 'ファイル「{name}」（SHA-256 {digest}）は、この証明に記載されています。',
    },
    not: { en: 'anything else about the file.', ja: 'ファイルに関するその他のこと。' },
  },
  opens: {
    what: {
      en: 'The statement is exactly what entry {index} committed to.',
      ja: '記載内容は、エントリ {index} が確定したものと完全に一致します。',
    },
    not: { en: 'that the statement is true.', ja: '記載内容が真実であること。' },
  },
  included: {
    what: {
      en: 'Entry {index} is in the log of {size} entries.',
      ja: 'エントリ {index} は、{size} 件のログに含まれています。',
    },
    not: { en: 'that everything that happened was logged.', ja: '起きたことのすべてが記録されていること。' },
  },
  signed: {
    what: {
      en: 'The checkpoint of {size} entries is signed by a key that you trust: {key}',
      ja: '{size} 件のチェックポイントは、あなたが信頼する鍵で署名されています: {key}',
    },
    not: {
      en: 'that the operator shows everyone the same log.',
      ja: '運営者が全員に同じログを見せていること。',
    },
  },
  signed_by_unknown: {
    what: {
      en: 'The checkpoint of {size} entries is signed by the key that this bundle itself brings: {key}',
      ja: '{size} 件のチェックポイントは、この証明自身が含む鍵で署名されています: {key}',
    },
    not: {
      en: 'whose key it is. Compare it with one from the issuer by another way, and give it with --key.',
      ja: '鍵の持ち主。別の経路で発行者から得た鍵と比べ、--key で指定してください。',
    },
  },
  envelope: {
    what: {
      en: 'The statement about the files is signed by the key of the log.',
      ja: 'ファイルに関する声明は、ログの鍵で署名されています。',
    },
    not: { en: 'that a person approved it.', ja: '人が承認したこと。' },
  },
  witnessed: {
    what: {
      en: '{count} independent witness(es) of your policy signed this checkpoint too.',
      ja: 'あなたのポリシーの独立した立会人 {count} 者も、このチェックポイントに署名しています。',
    },
    not: {
      en: 'anything against the operator unless there is a quorum: alone, they could show others another log.',
      ja: '定足数に満たない限り、運営者に対する拘束力。運営者は他者に別のログを見せられます。',
    },
  },
  time_stamp: {
    what: {
      en: 'A time-stamp by a third party says when the checkpoint existed. This bundle has none.',
      ja: '第三者のタイムスタンプがチェックポイントの存在時刻を示します。この証明にはありません。',
    },
    not: {
      en: 'that the times in it are right: they are the clock of the issuer.',
      ja: '記載された時刻の正しさ。時刻は発行者の時計によるものです。',
    },
  },
  continues: {
    what: {
      en: 'The log of {to} entries continues the one of {from} entries: nothing in it was changed, removed or inserted between the two.',
      ja: '{to} 件のログは {from} 件のログの続きで、その間に変更・削除・挿入はありません。',
    },
    not: { en: 'anything about what was never logged.', ja: '記録されなかったことについて。' },
  },
  first_seen: {
    what: {
      en: 'You see this log for the first time; its checkpoint of {size} entries is remembered, and every later one must continue it.',
      ja: 'このログを見るのは初めてです。{size} 件のチェックポイントを記憶し、以後はその続きであることを求めます。',
    },
    not: { en: 'anything about the past.', ja: '過去について。' },
  },
  key_changed: {
    what: {
      en: 'The log is signed by the key that you remember: {pinned}',
      ja: 'ログは、記憶されている鍵で署名されています: {pinned}',
    },
    not: { en: 'whose key it is.', ja: '鍵の持ち主。' },
  },
  domain: {
    what: {
      en: 'The issuer’s own domain {host} states this key.',
      ja: '発行者のドメイン {host} がこの鍵を示しています。',
    },
    not: {
      en: 'who controls the domain.',
      ja: 'ドメインの管理者が誰か。',
    },
  },
  current: {
    what: {
      en: 'The document is still current: not withdrawn, not expired, not replaced. Only the issuer’s page of today can say so.',
      ja: '文書が現在も有効（取り下げ・期限切れ・差し替えなし）であること。これは発行者の今日のページでのみ確認できます。',
    },
    not: { en: 'anything about today.', ja: '今日の状態。' },
  },
  archive_whole: {
    what: {
      en: 'All {files} files are those of the manifest, whose SHA-256 is {digest}.',
      ja: '{files} 個のファイルはすべて、SHA-256 が {digest} のマニフェストの記載どおりです。',
    },
    not: {
      en: 'who made the manifest. Compare its SHA-256 with the one that the issuer states.',
      ja: 'マニフェストの作成者。発行者が示す SHA-256 と比べてください。',
    },
  },
  archive_opens: {
    what: {
      en: 'Each of {entries} entries is what its leaf commits to; {erased} were erased, and an entry says so.',
      ja: '{entries} 件のエントリは、それぞれの葉が確定した内容と一致します。消去済みは {erased} 件で、その記録があります。',
    },
    not: { en: 'that the statements are true.', ja: '記載内容が真実であること。' },
  },
  archive_rooted: {
    what: {
      en: 'The entries lead to the root of each of {checkpoints} checkpoints: nothing was changed, removed or inserted between them.',
      ja: 'エントリから {checkpoints} 件すべてのチェックポイントのルートが得られます。その間に変更・削除・挿入はありません。',
    },
    not: { en: 'anything about what was never logged.', ja: '記録されなかったことについて。' },
  },
  archive_signed: {
    what: {
      en: '{trusted} of {checkpoints} checkpoints are signed by a key that you trust or by one to which it leads; {endorsed} change(s) of the key were followed.',
      ja: '{checkpoints} 件のチェックポイントのうち {trusted} 件は、あなたが信頼する鍵、またはその鍵から引き継がれた鍵で署名されています（鍵の引き継ぎ {endorsed} 回）。',
    },
    not: {
      en: 'who held the keys that signed the others.',
      ja: 'それ以外に署名した鍵の持ち主。',
    },
  },
  archive_unsealed: {
    what: {
      en: 'A checkpoint covers every entry of the archive; {count} at its end are covered by none.',
      ja: 'アーカイブの全エントリがチェックポイントに含まれます（末尾の {count} 件は未収録）。',
    },
    not: { en: 'anything about entries after it.', ja: 'それより後のエントリについて。' },
  },
  archive_file: {
    what: {
      en: 'File "{name}" (SHA-256 {digest}) is in the archive.',
      ja: 'ファイル「{name}」（SHA-256 {digest}）はアーカイブに含まれています。',
    },
    not: { en: 'that what the file says is true.', ja: 'ファイルの内容が真実であること。' },
  },
}

const marks: Readonly<Record<ClaimStatus, Texts>> = {
  holds: { en: 'holds', ja: '成立' },
  fails: { en: 'FAILS', ja: '不成立' },
  open: { en: 'not checked', ja: '未確認' },
}

const levels: readonly Texts[] = [
  {
    en: 'Integrity level 0: nothing here is shown to be in a signed checkpoint.',
    ja: '完全性レベル 0: 署名済みチェックポイントに含まれることを示せません。',
  },
  {
    en: 'Integrity level 1: in a checkpoint that the issuer signed. No third party has confirmed the time or that there is only one log; this does not bind the issuer.',
    ja: '完全性レベル 1: 発行者が署名したチェックポイントに含まれます。時刻やログの単一性を第三者は確認しておらず、発行者を拘束しません。',
  },
  {
    en: 'Integrity level 2: verified against a checkpoint that a third party has seen and dated.',
    ja: '完全性レベル 2: 第三者が確認し日時を付けたチェックポイントに対して検証済みです。',
  },
  {
    en: 'Integrity level 3: verified against a checkpoint that a quorum of your witnesses has signed.',
    ja: '完全性レベル 3: 立会人の定足数が署名したチェックポイントに対して検証済みです。',
  },
]

const words = {
  not: { en: 'does not show', ja: '示さないこと' },
  reason: { en: 'reason', ja: '理由' },
  log: { en: 'Log', ja: 'ログ' },
  said: {
    en: 'Entry {index}: {type}, recorded {recordedAt} by {actor} with {command} (the issuer’s own account)',
    ja: 'エントリ {index}: {type}、{recordedAt} に {actor} が {command} で記録（発行者自身の記載）',
  },
  bad: {
    en: 'DO NOT RELY ON THIS: at least one claim fails.',
    ja: '信頼しないでください: 成立しない項目があります。',
  },
  fork: {
    en: 'THE LOG CONTRADICTS ITSELF: what it shows now is no continuation of what it showed before. Keep this file and your pins: together they are evidence.',
    ja: 'ログが矛盾しています: 現在の内容は以前の内容の続きではありません。このファイルと記憶済みの記録は証拠になりますので保存してください。',
  },
} satisfies Record<string, Texts>

function claimLines({ rule, code, status, params, reason }: Claim, language: VerifyLanguage): string[] {
  const texts = claimTexts[code]
  const lines = [`[${marks[status][language]}] ${rule}  ${fill(texts.what[language], params)}`]
  if (reason) lines.push(`      ${words.reason[language]}: ${reasonText(reason, language)}`)
  lines.push(`      ${words.not[language]}: ${texts.not[language]}`)
  return lines
}

/** Publications name the role in which somebody acted: that is a word, where other entries have a name. */
const capacities: Readonly<Record<string, string>> = {
  owner: '所有者',
  manager: '管理者',
  contributor: '担当者',
  auditor: '監査人',
  reader: '閲覧者',
}

const saidLine = (said: Said, language: VerifyLanguage) => {
  const capacity =
    said.type === 'publication.published' && language === 'ja' ? capacities[said.actor] : undefined
  return fill(words.said[language], { ...said, actor: capacity ?? said.actor })
}

/** The verdict as lines for a person. Below level 2 it never says that anything is verified. */
export function verdictLines(verdict: Verdict, language: VerifyLanguage): string[] {
  const { claims, level, origin, said, sound } = verdict
  const forked = claims.some(
    (claim) => claim.rule === 'R9' && claim.status === 'fails' && claim.code === 'continues',
  )
  return [
    `${words.log[language]}: ${printable(origin)}`,
    ...said.map((one) => saidLine(one, language)),
    '',
    ...claims.flatMap((claim) => claimLines(claim, language)),
    '',
    ...(forked ? [words.fork[language]] : []),
    ...(sound ? [] : [words.bad[language]]),
    (levels[level] as Texts)[language],
  ]
}
