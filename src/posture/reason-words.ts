import type { ReasonCode } from './reason.ts'

/** What a reason speaks of, each part in the reader's language; a part that it lacks is null. */
export type ReasonParts = {
  on: string | null
  from: string | null
  until: string | null
  dueBy: string | null
  late: boolean
  said: string | null
  evidence: string
  check: string
  asset: string
}

type ReasonWords = Readonly<Record<ReasonCode, (parts: ReasonParts) => string>>

const because = (text: string, said: string | null) => (said ? `${text}: “${said}”` : `${text}.`)
const saying = (text: string, said: string | null) => (said ? `${text}（理由：「${said}」）。` : `${text}。`)

const en: ReasonWords = {
  'control.none': () => 'Nobody has put the control in place here.',
  'control.ended': ({ on }) => `It was in place until ${on}, and has not been since.`,
  'control.excluded': ({ said }) => because('It was decided not to do it here', said),
  'control.planned': ({ said }) => because('It is planned, and not yet done', said),
  'control.not-implemented': ({ said }) => because('It is not done here', said),
  'control.nothing-shown': () =>
    'It is in place, and nothing shows that it works: no evidence, check or record.',
  'evidence.valid': ({ evidence, from, until }) =>
    until
      ? `Evidence “${evidence}” shows it from ${from}, valid until ${until}.`
      : `Evidence “${evidence}” shows it from ${from}.`,
  'evidence.awaiting': ({ evidence, from }) =>
    `Evidence “${evidence}” of ${from} waits for a decision; until then it shows nothing.`,
  'evidence.rejected': ({ evidence, from }) => `Evidence “${evidence}” of ${from} was rejected.`,
  'evidence.stale': ({ evidence, until }) =>
    `Evidence “${evidence}” was valid until ${until}; nothing newer is there.`,
  'occurrence.passed': ({ on, late }) =>
    late ? `It was carried out on ${on}, later than due.` : `It was carried out on ${on}.`,
  'occurrence.failed': ({ on }) => `It was carried out on ${on} and did not succeed.`,
  'occurrence.missed': ({ dueBy, said }) => because(`It was due by ${dueBy} and was not carried out`, said),
  'occurrence.open': ({ dueBy }) => `The next time is due by ${dueBy}.`,
  'occurrence.stale': ({ on, until }) =>
    `The last time, on ${on}, counted until ${until}; it has not been carried out since.`,
  'occurrence.none': () => 'It is to be repeated, and has not been carried out yet.',
  'check.passed': ({ check, asset, until }) =>
    until
      ? `Check “${check}” passed for ${asset}; counts until ${until}.`
      : `Check “${check}” passed for ${asset}.`,
  'check.failed': ({ check, asset, on }) => `Check “${check}” failed for ${asset} on ${on}.`,
  'check.error': ({ check, asset, on }) => `Check “${check}” could not be decided for ${asset} on ${on}.`,
  'check.not-run': ({ check, asset, on }) => `Check “${check}” was not run for ${asset} on ${on}.`,
  'check.stale': ({ check, asset, until }) =>
    `Check “${check}” last said something about ${asset} until ${until}; nothing newer is there.`,
  'check.ended': ({ check, on }) => `Check “${check}” was retired on ${on}.`,
}

const ja: ReasonWords = {
  'control.none': () => 'ここではこの管理策が実施されていません。',
  'control.ended': ({ on }) => `${on}まで実施されていましたが、その後は実施されていません。`,
  'control.excluded': ({ said }) => saying('ここでは実施しないと決定されています', said),
  'control.planned': ({ said }) => saying('計画中で、まだ実施されていません', said),
  'control.not-implemented': ({ said }) => saying('ここでは実施されていません', said),
  'control.nothing-shown': () => '実施中ですが、機能していることを示す証拠、チェック、実施記録がありません。',
  'evidence.valid': ({ evidence, from, until }) =>
    until
      ? `証拠「${evidence}」が${from}から示しています（${until}まで有効）。`
      : `証拠「${evidence}」が${from}から示しています。`,
  'evidence.awaiting': ({ evidence, from }) =>
    `証拠「${evidence}」（${from}）は判定待ちです。判定されるまで何も示しません。`,
  'evidence.rejected': ({ evidence, from }) => `証拠「${evidence}」（${from}）は却下されました。`,
  'evidence.stale': ({ evidence, until }) =>
    `証拠「${evidence}」は${until}で期限切れになり、新しい証拠がありません。`,
  'occurrence.passed': ({ on, late }) =>
    late ? `${on}に実施されました（期限後）。` : `${on}に実施されました。`,
  'occurrence.failed': ({ on }) => `${on}に実施されましたが、不合格でした。`,
  'occurrence.missed': ({ dueBy, said }) => saying(`期限の${dueBy}までに実施されませんでした`, said),
  'occurrence.open': ({ dueBy }) => `次回の期限は${dueBy}です。`,
  'occurrence.stale': ({ on, until }) => `前回（${on}）の効力は${until}までで、その後は実施されていません。`,
  'occurrence.none': () => '定期的に行う管理策ですが、まだ一度も実施されていません。',
  'check.passed': ({ check, asset, until }) =>
    until
      ? `チェック「${check}」は${asset}で合格しました（${until}まで有効）。`
      : `チェック「${check}」は${asset}で合格しました。`,
  'check.failed': ({ check, asset, on }) => `チェック「${check}」は${on}に${asset}で不合格でした。`,
  'check.error': ({ check, asset, on }) => `チェック「${check}」は${on}に${asset}で判定できませんでした。`,
  'check.not-run': ({ check, asset, on }) => `チェック「${check}」は${on}に${asset}で実行されませんでした。`,
  'check.stale': ({ check, asset, until }) =>
    `チェック「${check}」の${asset}の結果は${until}で期限切れになり、新しい結果がありません。`,
  'check.ended': ({ check, on }) => `チェック「${check}」は${on}に廃止されました。`,
}

/** Words for every reason of the posture; one that lacks its words in a language does not compile. */
export const reasonWords: { readonly en: ReasonWords; readonly ja: ReasonWords } = { en, ja }
