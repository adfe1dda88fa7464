import type { ProblemTexts } from '../kernel/error.ts'
import { riskExchangeProblems } from './exchange-problems.ts'

export const riskProblems: ProblemTexts = {
  ...riskExchangeProblems,
  'risk_method.rows': {
    en: 'The matrix has {found} rows, but the scale of likelihood has {levels} levels. Make them equal.',
    ja: 'マトリクスは{found}行ですが、発生可能性の尺度は{levels}段階です。数を揃えてください。',
  },
  'risk_method.columns': {
    en: 'This row has {found} cells, but the scale of consequence has {levels} levels. Make them equal.',
    ja: 'この行のセルは{found}個ですが、影響の尺度は{levels}段階です。数を揃えてください。',
  },
  'risk_method.anchors': {
    en: 'This area has {found} anchors, but the scale of consequence has {levels} levels. Write one for each.',
    ja: 'この領域の基準は{found}個ですが、影響の尺度は{levels}段階です。各段階に1つずつ記入してください。',
  },
  'risk_method.falls': {
    en: 'A likelier or graver risk would fall into a lower band here. Choose the same band as beside and above it, or a higher one.',
    ja: '発生可能性や影響が大きいほうが低い区分になっています。隣のセル以上の区分を選んでください。',
  },
  'risk_method.band_twice': {
    en: 'Two bands have the key "{key}". Give one of them another.',
    ja: 'キー「{key}」の区分が重複しています。別のキーにしてください。',
  },
  'risk_method.acceptable_above': {
    en: 'A lower band is not acceptable, so this one cannot be. Change one of them.',
    ja: 'これより低い区分が受容不可のため、この区分を受容可にはできません。どちらかを変更してください。',
  },
  'risk_method.no_such_band': {
    en: 'This cell names a band that is not there. Choose one of the bands.',
    ja: 'このセルの区分は存在しません。区分を選び直してください。',
  },
  'risk_method.draft_open': {
    en: 'Version {number} is still a draft. Edit that one, or withdraw it first.',
    ja: '第{number}版がまだ下書きです。その版を編集するか、先に取り下げてください。',
  },
  'risk_method.not_draft': {
    en: 'Version {number} is no draft any more and stays as it is. Begin a new version to change something.',
    ja: '第{number}版は下書きではないため変更できません。変更するには新しい版を作成してください。',
  },
  'risk_method.effective_before': {
    en: 'Version {number} took effect on {day}; a later one cannot take effect before. Choose that day or a later one.',
    ja: '第{number}版は {day} から有効です。それ以降の日を指定してください。',
  },
  'risk.code_taken': {
    en: 'The code {code} belongs to another risk. Choose another, or leave it empty for the next free one.',
    ja: 'コード {code} は別のリスクで使われています。別のコードにするか、空欄にして自動採番してください。',
  },
  'risk.outside_scale': {
    en: 'The scale of this version of the method has {levels} levels only. Choose one of them.',
    ja: 'この版の尺度は{levels}段階です。その中から選んでください。',
  },
  'risk.rises_without_reason': {
    en: 'A value is higher than the one before it, though controls and treatment should lower it. Say why, or correct the value.',
    ja: '管理策や対応で下がるはずの値が前の値より高くなっています。理由を記入するか、値を見直してください。',
  },
  'risk.no_method': {
    en: 'No method was in force on {day}. Have a version of the method approved first, or choose a later day.',
    ja: '{day} に有効なリスク評価方法がありません。先に方法を承認するか、それ以降の日を指定してください。',
  },
  'risk.method_not_approved': {
    en: 'Version {number} of the method was not approved by {day}. Choose the version in force.',
    ja: '方法の第{number}版は {day} の時点で承認されていません。有効な版を選んでください。',
  },
  'risk.in_future': {
    en: 'The day {day} has not come yet; today is {today}. Choose today or an earlier day.',
    ja: '{day} はまだ到来していません（本日: {today}）。本日以前の日を指定してください。',
  },
  'risk.before_identified': {
    en: 'The risk was identified on {day}. Choose that day or a later one.',
    ja: 'このリスクは {day} に特定されました。それ以降の日を指定してください。',
  },
  'risk.after_facts': {
    en: 'It was assessed or treated on {day} already, so it was identified by then. Choose that day or an earlier one.',
    ja: '{day} に既に評価または対応が記録されています。特定日はそれ以前にしてください。',
  },
  'risk.not_assessed': {
    en: 'The risk was not assessed by {day}. Assess it first.',
    ja: '{day} の時点で評価されていません。先に評価してください。',
  },
  'risk.closed': {
    en: 'This risk was closed on {day}. Reopen it if it is back.',
    ja: 'このリスクは {day} に終了しています。再発した場合は再開してください。',
  },
  'risk.not_closed': {
    en: 'This risk is open. There is nothing to reopen.',
    ja: 'このリスクは終了していません。再開する必要はありません。',
  },
  'risk.closed_one': {
    en: '{code} was closed on {day}. Leave it out.',
    ja: '{code} は {day} に終了しています。選択から外してください。',
  },
  'risk.changed_one': {
    en: 'Somebody changed {code} meanwhile. Look at it again, then repeat this.',
    ja: '{code} は他の人が変更しました。内容を確認してから、もう一度実行してください。',
  },
  'risk.actions_open': {
    en: '{count} action(s) are still open. Do them, or take them off the plan with a reason, then close the risk.',
    ja: '未完了の対応が {count} 件あります。実施するか、理由を記して計画から外してから終了してください。',
  },
  'risk.owner_left': {
    en: '{name} has left. Choose somebody who is here.',
    ja: '{name} さんは退職しています。在籍している人を選んでください。',
  },
  'risk.control_retired': {
    en: '{code} was retired on {day}. Choose a control that is in use.',
    ja: '{code} は {day} に廃止されています。使用中の管理策を選んでください。',
  },
  'risk.action_unknown': {
    en: 'The plan has no action "{key}".',
    ja: '計画に対応「{key}」はありません。',
  },
  'risk.action_twice': {
    en: 'The plan has an action "{key}" already. Choose another key.',
    ja: '対応「{key}」は既に計画にあります。別のキーにしてください。',
  },
  'risk.action_settled': {
    en: 'This action is done or off the plan, and stays as it is.',
    ja: 'この対応は完了済み、または計画から外されているため変更できません。',
  },
  'risk.due_before_planned': {
    en: 'It was planned on {day}; it cannot be due before. Choose that day or a later one.',
    ja: '計画日 {day} より前を期限にはできません。それ以降の日を指定してください。',
  },
  'risk.done_before_planned': {
    en: 'It was planned on {day}; it cannot have been done before. Choose that day or a later one.',
    ja: '計画日 {day} より前に完了したことにはできません。それ以降の日を指定してください。',
  },
  'risk.treatment_order': {
    en: 'Another treatment begins on {from} already. Choose a later day.',
    ja: '{from} からの対応方針が既にあります。それより後の日を指定してください。',
  },
  'risk.range_turned': {
    en: 'The low end lies above the high end. Exchange them.',
    ja: '下限が上限を超えています。入れ替えてください。',
  },
  'risk.no_estimate': {
    en: 'This risk has no estimate in numbers. Add one first.',
    ja: 'このリスクには数値による見積もりがありません。先に追加してください。',
  },
  'risk.person_only': {
    en: 'Only a person reviews a risk. An API key or a program cannot.',
    ja: 'リスクの見直しを記録できるのは人だけです。API キーやプログラムではできません。',
  },
  'risk_acceptance.person_only': {
    en: 'Only the person who owns the risk accepts it. An API key or a program cannot.',
    ja: 'リスクを受容できるのはリスク所有者本人だけです。API キーやプログラムではできません。',
  },
  'risk_acceptance.not_owner': {
    en: 'Only the owner of the risk accepts it. Ask the owner, or have the risk handed over to you first.',
    ja: 'リスクを受容できるのはリスク所有者だけです。所有者に依頼するか、先に所有者を変更してください。',
  },
  'risk_acceptance.no_owner': {
    en: 'Nobody owns this risk. Give it an owner first.',
    ja: 'このリスクには所有者がいません。先に所有者を決めてください。',
  },
  'risk_acceptance.owner_left': {
    en: 'The owner of this risk has left. Hand it over to somebody who is here first.',
    ja: 'このリスクの所有者は退職しています。先に在籍している人へ引き継いでください。',
  },
  'risk_acceptance.nothing': {
    en: 'There is nothing to accept yet: assess the risk and choose a treatment first.',
    ja: 'まだ受容する内容がありません。先に評価し、対応方針を決めてください。',
  },
  'risk_acceptance.nothing_planned': {
    en: 'The risk is to be modified, but no control and no action says how. Add one to the treatment first.',
    ja: 'リスクを低減する方針ですが、管理策も対応もありません。先に追加してください。',
  },
  'risk_acceptance.other_substance': {
    en: 'What you looked at is not what stands now. Look at the risk again, then accept it.',
    ja: '確認した内容と現在の内容が異なります。もう一度内容を確認してから受容してください。',
  },
  'risk_acceptance.already': {
    en: 'Exactly this was accepted on {day} already.',
    ja: 'この内容は {day} に受容済みです。',
  },
  'risk_acceptance.reason_missing': {
    en: 'The method does not allow the band "{band}" to be retained without a reason. Say why it is accepted all the same, or treat it further.',
    ja: 'この方法では区分「{band}」を理由なく保有できません。受容する理由を記入するか、さらに対応してください。',
  },
  'risk_acceptance.until_past': {
    en: 'The last day {day} is over already. Choose today or a later day.',
    ja: '期限 {day} は過ぎています。本日以降の日を指定してください。',
  },
  'risk_acceptance.revoked': {
    en: 'This acceptance was revoked on {day}.',
    ja: 'この受容は {day} に取り消されています。',
  },
  'risk_acceptance.not_yours': {
    en: 'Only who accepted the risk, who owns it now, or a manager takes an acceptance back.',
    ja: '受容を取り消せるのは、受容した本人、現在のリスク所有者、または管理者だけです。',
  },
}
