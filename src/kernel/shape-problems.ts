import type { ProblemTexts } from './error.ts'

/** Problems of form, whatever the field: each names its limit and what to do. */
export const shapeProblems: ProblemTexts = {
  missing: { en: 'This is missing: fill it in.', ja: '入力されていません。入力してください。' },
  expected_text: { en: 'Give a text here.', ja: '文字列を入力してください。' },
  expected_number: { en: 'Give a number here.', ja: '数値を入力してください。' },
  expected_whole_number: {
    en: 'Give a whole number here, without a fraction.',
    ja: '小数のない整数を入力してください。',
  },
  expected_yes_no: { en: 'Say yes or no here: true or false.', ja: 'true または false を指定してください。' },
  expected_list: { en: 'Give a list here.', ja: '一覧（配列）を指定してください。' },
  expected_fields: {
    en: 'Give a group of named fields here.',
    ja: '項目名の付いた値のまとまり（オブジェクト）を指定してください。',
  },
  expected_nothing: { en: 'Leave this out.', ja: 'この項目は指定しないでください。' },
  text_too_long: {
    en: 'This is too long: use at most {limit} characters.',
    ja: '長すぎます。{limit} 文字以内で入力してください。',
  },
  text_too_short: {
    en: 'This is too short: use at least {limit} characters.',
    ja: '短すぎます。{limit} 文字以上で入力してください。',
  },
  number_too_large: {
    en: 'This is too large: use {limit} or less.',
    ja: '大きすぎます。{limit} 以下の値にしてください。',
  },
  number_too_small: {
    en: 'This is too small: use {limit} or more.',
    ja: '小さすぎます。{limit} 以上の値にしてください。',
  },
  number_not_below: {
    en: 'This is too large: use less than {limit}.',
    ja: '大きすぎます。{limit} より小さい値にしてください。',
  },
  number_not_above: {
    en: 'This is too small: use more than {limit}.',
    ja: '小さすぎます。{limit} より大きい値にしてください。',
  },
  not_multiple_of: {
    en: 'Use a multiple of {divisor}.',
    ja: '{divisor} の倍数にしてください。',
  },
  list_empty: { en: 'Choose or give at least one.', ja: '1つ以上指定してください。' },
  list_too_long: {
    en: 'There are too many: give at most {limit}.',
    ja: '多すぎます。{limit} 件以内にしてください。',
  },
  list_too_short: {
    en: 'There are too few: give at least {limit}.',
    ja: '少なすぎます。{limit} 件以上にしてください。',
  },
  instant: {
    en: 'This is not a time: write it like 2026-01-31T09:00:00.000Z.',
    ja: '日時として正しくありません。2026-01-31T09:00:00.000Z のように書いてください。',
  },
  web_address: {
    en: 'This is not a web address: write it like https://example.com/page.',
    ja: 'Web アドレスとして正しくありません。https://example.com/page のように書いてください。',
  },
  json: { en: 'This is not valid JSON: correct it.', ja: '正しい JSON ではありません。修正してください。' },
  base64: {
    en: 'This is not valid base64: copy it again from where it comes.',
    ja: 'Base64 として正しくありません。元の場所からもう一度コピーしてください。',
  },
  wrong_form: {
    en: 'This does not have the form that is needed here: check it for typing errors, or copy it again from where it comes.',
    ja: '必要な形式になっていません。入力の誤りを確かめるか、元の場所からもう一度コピーしてください。',
  },
  no_form_fits: {
    en: 'This has none of the forms that are possible here: compare it with the description of the field.',
    ja: '指定できるどの形式にも当てはまりません。項目の説明と見比べてください。',
  },
  not_accepted: {
    en: 'This is not accepted here: compare it with the description of the field.',
    ja: 'この値は使えません。項目の説明と見比べてください。',
  },
  invalid_value: { en: 'Use one of: {values}.', ja: '次のいずれかを指定してください: {values}' },
  unrecognized_key: {
    en: 'There is no field "{key}" here: correct its name, or leave it out.',
    ja: '「{key}」という項目はありません。名前を直すか、取り除いてください。',
  },
}
