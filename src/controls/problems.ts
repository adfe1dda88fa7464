import type { ProblemTexts } from '../kernel/error.ts'
import { exchangeProblemTexts } from './exchange-problems.ts'

export const controlProblemTexts: ProblemTexts = {
  ...exchangeProblemTexts,
  'control.code_taken': {
    en: 'The code {code} belongs to another control.',
    ja: 'コード {code} は別の管理策で使われています。',
  },
  'control.library_unknown': {
    en: 'The common library has no control "{control}".',
    ja: '共通管理策ライブラリに「{control}」はありません。',
  },
  'control.adopted_already': {
    en: '{control} was adopted already, as {code}.',
    ja: '{control} は {code} として既に採用されています。',
  },
  'control.requirement_unknown': {
    en: '{edition} has no requirement "{requirement}".',
    ja: '{edition} に要求事項「{requirement}」はありません。',
  },
  'control.link_twice': { en: 'This link stands twice.', ja: '同じ対応付けが重複しています。' },
  'control.itself': {
    en: 'A control cannot carry out itself.',
    ja: '管理策を自分自身に対応付けることはできません。',
  },
  'control.circle': {
    en: 'This link closes a circle of controls that carry out one another: {through}.',
    ja: 'この対応付けにより管理策どうしが循環します: {through}',
  },
  'control.together_without_link': {
    en: 'Each control named here needs a link of its own to the requirement.',
    ja: 'ここに挙げる管理策は、それぞれ要求事項への対応付けが必要です。',
  },
  'control.not_adopted': {
    en: 'This control was not adopted from the common library.',
    ja: 'この管理策は共通ライブラリから採用されたものではありません。',
  },
  'control.library_taken': {
    en: 'The links of version {version} hold for this control already.',
    ja: 'この管理策には版 {version} の対応付けが既に適用されています。',
  },
  'control.library_moved': {
    en: 'The library that is shipped here is version {version}. Load the page again and look at what it changes.',
    ja: 'ここにあるライブラリは版 {version} です。ページを再読み込みして、変更内容を確認してください。',
  },
  'control.library_breaks_group': {
    en: 'A group of {code} leans on a link that the new version no longer has. Change the group first, or give the control a link of its own.',
    ja: '{code} の組み合わせが、新しい版にない対応付けに依存しています。先に組み合わせを変更するか、独自の対応付けを追加してください。',
  },
  'control.library_version_unknown': {
    en: 'This Assay does not know version {version} of the library. It knows {known}.',
    ja: 'この Assay はライブラリの版 {version} に対応していません（対応: {known}）。',
  },
  'control.retired': {
    en: 'This control was retired on {day}.',
    ja: 'この管理策は {day} に廃止されています。',
  },
  'control.retired_one': {
    en: '{code} was retired on {day}. Leave it out.',
    ja: '{code} は {day} に廃止されています。選択から外してください。',
  },
  'control.changed_one': {
    en: 'Somebody changed {code} meanwhile. Look at it again, then repeat this.',
    ja: '{code} は他の人が変更しました。内容を確認してから、もう一度実行してください。',
  },
  'control.cited': {
    en: '{count} record(s) in force cite this control: {records}. Change those first, or confirm that it is to be retired all the same: each of them will show that it has ended.',
    ja: '有効な記録 {count} 件がこの管理策を引用しています: {records}。先にそれらを変更するか、それでも廃止することを確認してください。廃止後は、それぞれの記録に終了した旨が表示されます。',
  },
  'control.still_operating': {
    en: '{count} implementation(s) are not ended yet. End them first.',
    ja: '終了していない実施が {count} 件あります。先に終了してください。',
  },
  'control.review_needs_person': {
    en: 'Only a person can confirm the words of a control.',
    ja: '管理策の内容を確認できるのは人だけです。',
  },
  'implementation.phase_order': {
    en: 'Phases stand in the order of their days; the one before begins on {from}.',
    ja: '段階は日付順に並べてください。前の段階は {from} からです。',
  },
  'implementation.reason_missing': {
    en: 'Say why it is not operating.',
    ja: '運用していない理由を記入してください。',
  },
  'implementation.exists': {
    en: 'This control already has an implementation there. Change that one, or end it first.',
    ja: 'この管理策は既にそこで実施が登録されています。変更するか、先に終了してください。',
  },
  'implementation.service_elsewhere': {
    en: 'The service belongs to another entity.',
    ja: 'このサービスは別の組織に属しています。',
  },
  'implementation.moved': {
    en: 'An implementation stays with its control, entity and service. End it and begin another.',
    ja: '実施の管理策・組織・サービスは変更できません。終了して新しく登録してください。',
  },
  'implementation.ended': {
    en: 'This implementation ended on {day}.',
    ja: 'この実施は {day} に終了しています。',
  },
  'occurrence.in_future': {
    en: 'The day {day} has not come yet; today is {today}.',
    ja: '{day} はまだ到来していません（本日: {today}）。',
  },
  'occurrence.before_period': {
    en: 'Its period begins on {from}; what was done before belongs to the one before.',
    ja: '対象期間は {from} からです。それより前の実施は前の期間に記録してください。',
  },
  'occurrence.cancelled': {
    en: 'This was taken off the plan on {day}.',
    ja: 'これは {day} に計画から外されました。',
  },
  'occurrence.not_missed': {
    en: 'It is not missed: it is due by {due}.',
    ja: '期限（{due}）を過ぎていないため、未実施の理由は記録できません。',
  },
  'occurrence.explained_already': {
    en: 'The reason was given on {day} already. It stays.',
    ja: '理由は {day} に記録済みで、変更できません。',
  },
  'occurrence.begun': {
    en: 'Its period began on {from}; it cannot be taken off the plan any more.',
    ja: '期間は {from} に始まっているため、計画から外せません。',
  },
  'occurrence.not_on_event': {
    en: 'This implementation follows the calendar, not events.',
    ja: 'この実施は暦に従うもので、事象によるものではありません。',
  },
  'occurrence.not_operating': {
    en: 'It was not operating on {day}.',
    ja: '{day} の時点で運用されていません。',
  },
}
