import type { ProblemTexts } from '../kernel/error.ts'

const expression: ProblemTexts = {
  'check.expression_syntax': {
    en: 'The expression cannot be read at character {from}: {detail}.',
    ja: '式を {from} 文字目で読み取れません: {detail}',
  },
  'check.expression_unknown_name': {
    en: 'At character {from}: {detail}. An expression may name resource, facts and tool.',
    ja: '{from} 文字目: {detail}。式で使える名前は resource・facts・tool です。',
  },
  'check.expression_type': {
    en: 'At character {from}, things of different kinds are combined: {detail}.',
    ja: '{from} 文字目で型の合わない値が組み合わされています: {detail}',
  },
  'check.expression_not_boolean': {
    en: 'The expression must be true or false, but it {detail}. Compare it with something.',
    ja: '式の結果は真か偽でなければなりません（{detail}）。何かと比較してください。',
  },
  'check.expression_too_large': {
    en: 'The expression is too large: {detail}. Split it into several checks.',
    ja: '式が大きすぎます（{detail}）。複数のチェックに分けてください。',
  },
}

const checks: ProblemTexts = {
  'check.owner_left': {
    en: '{name} has left. Choose somebody who is here.',
    ja: '{name}は退任しています。在籍している人を選んでください。',
  },
  'check.ended': {
    en: 'This check ended on {day}. Create another one.',
    ja: 'このチェックは {day} に終了しています。新しく作成してください。',
  },
  'check.control_fixed': {
    en: 'A check stays with its control. End it and create one for the other control.',
    ja: 'チェックの管理策は変更できません。終了して、別の管理策のチェックを作成してください。',
  },
  'check.other_data': {
    en: 'This check reads data of the kind "{wanted}", but the evidence has "{found}".',
    ja: 'このチェックが読むデータの種類は「{wanted}」ですが、証拠のデータは「{found}」です。',
  },
  'check.library_unknown': {
    en: 'The common library has no check "{check}".',
    ja: '共通ライブラリにチェック「{check}」はありません。',
  },
  'check.control_not_adopted': {
    en: 'Adopt the control {control} of the common library first: "{check}" is a test of it.',
    ja: '先に共通ライブラリの管理策 {control} を採用してください。「{check}」はその管理策のチェックです。',
  },
  'check.data_unreadable': {
    en: 'The data of this evidence cannot be read: {detail}.',
    ja: 'この証拠のデータを読み取れません: {detail}',
  },
}

const collections: ProblemTexts = {
  'collection.serves_nothing': {
    en: 'No control is carried out there, or not any more. Name an implementation by its id, or by control, entity and service.',
    ja: 'その場所で実施中の管理策がありません。実施の ID か、管理策・組織・サービスで指定してください。',
  },
  'collection.from_future': {
    en: 'The collection ended at {ended}, but here it is {now}. Set the clock of the collector.',
    ja: '収集の終了時刻は {ended} ですが、サーバーの時刻は {now} です。収集側の時計を合わせてください。',
  },
  'collection.too_old': {
    en: 'The collection ended at {ended}, more than {days} days ago. Add it as evidence by hand.',
    ja: '収集は {ended} に終わっており、{days} 日より前です。証拠として手動で登録してください。',
  },
  'collection.clock_skew': {
    en: 'The request is dated {time}, but here it is {now}. Set the clock of the collector; at most {minutes} minutes are tolerated.',
    ja: 'リクエストの時刻は {time} ですが、サーバーの時刻は {now} です。収集側の時計を合わせてください（許容差は {minutes} 分）。',
  },
  'collection.replayed': {
    en: 'This request was carried out before. Nothing was recorded again.',
    ja: 'このリクエストは処理済みです。二重には記録されません。',
  },
  'collection.proof_invalid': {
    en: 'The signature does not belong to this key and this request. Check the key, and that nothing on the way changes the request.',
    ja: '署名がこのキーとリクエストに一致しません。キーと、通信経路で内容が変更されていないことを確認してください。',
  },
  'collection.entity_missing': {
    en: 'Name the entity (entityId) for which this was collected: there are several.',
    ja: '最上位の会社・拠点が複数あるため、収集の対象（entityId）を指定してください。',
  },
  'collection.ends_before_start': {
    en: 'It ended at {ended}, before it began at {started}.',
    ja: '終了時刻 {ended} が開始時刻 {started} より前です。',
  },
  'collection.unreadable': {
    en: 'The collection is not usable: {detail}.',
    ja: '収集結果を使用できません: {detail}',
  },
}

export const checkProblemTexts: ProblemTexts = { ...expression, ...checks, ...collections }
