import type { ProblemTexts } from '../kernel/error.ts'

export const certificateProblemTexts: ProblemTexts = {
  'certificate.number_taken': {
    en: 'The number {number} is registered already under this scheme.',
    ja: '番号 {number} はこのスキームで既に登録されています。',
  },
  'certificate.scheme_unknown': {
    en: 'The scheme "{scheme}" is not in the catalogue.',
    ja: 'スキーム「{scheme}」はカタログにありません。',
  },
  'certificate.kind_not_of_scheme': {
    en: 'This scheme issues a {kind}.',
    ja: 'このスキームで発行されるのは {kind} です。',
  },
  'certificate.edition_not_of_scheme': {
    en: 'The edition {edition} cannot be cited under the scheme {scheme}.',
    ja: '版 {edition} はスキーム {scheme} では引用できません。',
  },
  'certificate.edition_closed': {
    en: 'No initial audit against {edition} was allowed on {day} ({source}).',
    ja: '{day} の時点で {edition} による初回審査は認められていません（{source}）。',
  },
  'certificate.equivalent_unknown': {
    en: 'This edition has no such local equivalent. Known: {known}.',
    ja: 'この版にそのような国内対応規格はありません。登録済み: {known}',
  },
  'certificate.report_missing': {
    en: 'An attestation needs its report: type, period, categories, opinion, use.',
    ja: '保証報告書にはタイプ・対象期間・カテゴリ・意見・利用制限の記載が必要です。',
  },
  'certificate.pci_missing': {
    en: 'A PCI DSS assessment needs level, role, assessor, dates and result.',
    ja: 'PCI DSS の評価にはレベル・役割・評価者・日付・結果が必要です。',
  },
  'certificate.expiry_before_issue': {
    en: 'It expires on {to}, before it was issued on {from}.',
    ja: '有効期限 {to} が発行日 {from} より前です。',
  },
  'certificate.expiry_before_effect': {
    en: 'It expires on {to}, before it takes effect on {from}.',
    ja: '有効期限 {to} が発効日 {from} より前です。',
  },
  'certificate.expiry_before_decision': {
    en: 'It expires on {to}, before the decision of {from} ({source}).',
    ja: '有効期限 {to} が決定日 {from} より前です（{source}）。',
  },
  'certificate.effect_before_decision': {
    en: 'It cannot take effect on {to}, before the decision of {from} ({source}).',
    ja: '発効日 {to} を決定日 {from} より前にはできません（{source}）。',
  },
  'certificate.aoc_before_roc': {
    en: 'The AoC of {to} lies before its RoC of {from}.',
    ja: 'AoC の日付 {to} が RoC の日付 {from} より前です。',
  },
  'certificate.term_without_start': {
    en: "A term needs a date from which it counts: decision, issue, effect or the report's period.",
    ja: '有効期間には起点となる日付（決定日・発行日・発効日・報告対象期間）が必要です。',
  },
  'certificate.term_starts_twice': {
    en: 'Two terms begin on {day}.',
    ja: '{day} に始まる有効期間が2つあります。',
  },
  'certificate.term_before_initial': {
    en: 'This term begins on {to}, before the initial certification of {from}.',
    ja: '有効期間の開始 {to} が初回認証日 {from} より前です。',
  },
  'certificate.term_too_long': {
    en: 'A term lasts {months} months at most, counted from its decision ({source}).',
    ja: '有効期間は決定日から最長 {months} か月です（{source}）。',
  },
  'certificate.predecessor_scheme': {
    en: 'A certificate follows only one of its own scheme; this one is of {scheme}.',
    ja: '前身にできるのは同じスキームの認証だけです（この認証のスキーム: {scheme}）。',
  },
  'certificate.predecessor_circle': {
    en: 'A certificate cannot follow itself, nor one that came after it.',
    ja: '自分自身や自分の後継を前身にすることはできません。',
  },
  'certificate.part_twice': {
    en: 'It is listed twice for the same days.',
    ja: '同じ期間に重複して登録されています。',
  },
  'certificate.event_outside_cycle': {
    en: 'Nothing was certified on {day}, so this cannot have happened then ({source}).',
    ja: '{day} の時点で有効な認証がないため、この記録はできません（{source}）。',
  },
  'certificate.not_suspended': {
    en: 'It was not suspended on {day}.',
    ja: '{day} の時点で一時停止されていません。',
  },
  'certificate.not_active': {
    en: 'This needs an active certificate; it is {state}.',
    ja: 'この操作には有効な認証が必要です（現在の状態: {state}）。',
  },
  'certificate.basis_does_not_fit': {
    en: 'Here the term can only be: {allowed}.',
    ja: 'ここで使える区分は次のとおりです: {allowed}',
  },
  'certificate.not_in_state': {
    en: 'It is {state} on that day, which does not allow a {kind}.',
    ja: 'その日の状態は {state} のため、{kind} は記録できません。',
  },
  'certificate.standing_by_its_own_command': {
    en: 'Suspension, reinstatement, withdrawal and restoration have their own commands.',
    ja: '一時停止・再開・取消し・回復は専用の操作で行ってください。',
  },
  'certificate.event_in_future': {
    en: 'The day {day} has not come yet; today is {today}.',
    ja: '{day} はまだ到来していません（本日: {today}）。',
  },
  'certificate.term_unknown': {
    en: 'This term does not belong to the certificate.',
    ja: 'この有効期間は当該認証のものではありません。',
  },
  'report.period_missing': {
    en: 'A type 2 report covers a period: give its first and last day.',
    ja: 'タイプ2報告書には対象期間の初日と末日が必要です。',
  },
  'report.day_missing': {
    en: 'A type 1 report speaks of one day: give it.',
    ja: 'タイプ1報告書には基準日が必要です。',
  },
  'report.category_twice': { en: 'A category is listed twice.', ja: 'カテゴリが重複しています。' },
  'report.category_unknown': {
    en: 'The edition has no category "{category}". Known: {known}.',
    ja: 'この版にカテゴリ「{category}」はありません。登録済み: {known}',
  },
  'report.soc3_type_1': { en: 'A SOC 3 report is always type 2.', ja: 'SOC 3 報告書は常にタイプ2です。' },
  'report.must_be_general': {
    en: 'A SOC 3 report is for general use.',
    ja: 'SOC 3 報告書は一般利用向けです。',
  },
  'report.must_be_restricted': {
    en: 'This report is restricted to those who know the system; it cannot be for general use.',
    ja: 'この報告書は利用者が限定されるため、一般利用にはできません。',
  },
  'import.key_twice': {
    en: 'The same key stands in row {row} already.',
    ja: '同じキーが {row}行目に既にあります。',
  },
  'import.name_unknown': {
    en: '"{name}" is not the key of anything here. Write keys separated by semicolons, with days as "key 2013-11-01..2020-03-31".',
    ja: '「{name}」というキーはありません。キーをセミコロンで区切り、期間は「key 2013-11-01..2020-03-31」の形で書いてください。',
  },
  'import.not_a_list': {
    en: 'This must be a JSON list, as in an export.',
    ja: 'エクスポートと同じ形の JSON の配列で書いてください。',
  },
  'import.scope_twice': {
    en: 'Give the scope either as text or as a list, not both.',
    ja: '適用範囲は、文章か一覧のどちらか一方で指定してください。',
  },
  'document.restricted_use': {
    en: 'A restricted-use report can never be public ({source}).',
    ja: '利用者が限定された報告書を公開することはできません（{source}）。',
  },
  'document.type_mismatch': {
    en: 'The file is {found} by its content, but its name or declared type says {said}.',
    ja: 'ファイルの内容は {found} ですが、名前または申告された種類は {said} です。',
  },
  'document.type_refused': {
    en: 'Files of type {found} are not accepted here.',
    ja: '{found} 形式のファイルは受け付けていません。',
  },
  'document.withdrawn': {
    en: 'This document was withdrawn on {day}.',
    ja: 'この文書は {day} に取り下げられました。',
  },
  'document.one_file': {
    en: 'Send exactly one file and its few fields in one form.',
    ja: '1つのフォームで送れるのは、ファイル1件と決められた項目だけです。',
  },
  'document.cut_off': {
    en: 'The upload ended before the file was complete. Nothing was kept; try again.',
    ja: 'アップロードが途中で終わりました。何も保存されていません。もう一度お試しください。',
  },
  'document.empty': { en: 'The file is empty.', ja: 'ファイルが空です。' },
  'object.damaged': {
    en: 'The stored file does not match its digest any more and is not handed out. Tell your administrator: {digest}.',
    ja: '保存されたファイルがダイジェストと一致しないため提供できません。管理者に連絡してください: {digest}',
  },
}

/** Texts of warnings, shown beside the record and on Home. */
export const warningTexts: ProblemTexts = {
  'warning.edition_withdrawn': {
    en: '{edition} is withdrawn; certificates to it ended.',
    ja: '{edition} は廃止され、その認証は終了しています。',
  },
  'warning.edition_in_transition': {
    en: '{edition} is replaced by {successor}; move over by {deadline}.',
    ja: '{edition} は {successor} に改訂されました。{deadline} までに移行してください。',
  },
  'warning.edition_superseded': {
    en: '{edition} has a successor: {successor}.',
    ja: '{edition} には後継の版があります: {successor}',
  },
  'warning.step_overdue': {
    en: '{step} was due by {latest}.',
    ja: '{step} の期限（{latest}）を過ぎています。',
  },
  'warning.expires_soon': { en: 'It expires on {day}.', ja: '{day} に有効期限を迎えます。' },
  'warning.report_ageing': {
    en: 'Readers stop relying on this report after {day}.',
    ja: 'この報告書は {day} を過ぎると古いものとみなされます。',
  },
  'warning.report_too_old': {
    en: 'This report is too old to rely on since {day}.',
    ja: 'この報告書は {day} 以降、利用するには古すぎます。',
  },
  'warning.expired': { en: 'It expired on {day}.', ja: '{day} に有効期限が切れました。' },
  'warning.lapsed': {
    en: 'It lapsed on {day} and can be restored until {last}.',
    ja: '{day} に失効しました。{last} までは回復できます。',
  },
  'warning.suspended_too_long': {
    en: 'It is suspended since {day}, longer than the scheme allows.',
    ja: '{day} から一時停止されており、スキームが認める期間を超えています。',
  },
  'warning.holder_not_member': {
    en: '{count} holder(s) do not belong to the organisation on this day.',
    ja: '登録事業者のうち {count} 社は、この日の時点で組織に属していません。',
  },
  'warning.result_adverse': {
    en: 'The opinion is adverse: nothing can be claimed with this report, and the public page refuses it.',
    ja: '不適正意見のため、この報告書を根拠に公表することはできません。公開ページにも掲載されません。',
  },
  'warning.result_disclaimer': {
    en: 'The auditor gave no opinion: nothing can be claimed with this report, and the public page refuses it.',
    ja: '意見不表明のため、この報告書を根拠に公表することはできません。公開ページにも掲載されません。',
  },
  'warning.result_non_compliant': {
    en: 'The newest assessment ended non-compliant: the public page refuses the claim until a compliant one follows.',
    ja: '最新の評価は非準拠でした。準拠の評価が登録されるまで、公開ページに掲載できません。',
  },
  'warning.opinion_qualified': {
    en: 'The opinion is qualified; the public page states what it excepts.',
    ja: '限定付意見です。除外事項は公開ページに記載されます。',
  },
  'warning.qualification_missing': {
    en: 'The opinion is qualified. State in both languages what it excepts: until then the page cannot be published.',
    ja: '限定付意見です。除外事項を日本語と英語で登録してください。それまで公開ページは発行できません。',
  },
  'warning.verification_old': {
    en: "Nobody has checked the issuer's register for a year (last: {day}).",
    ja: '発行機関の登録情報が1年以上確認されていません（最終確認: {day}）。',
  },
}

/** Why an action on a certificate is not possible now, shown beside the button that does nothing. */
export const abilityTexts: ProblemTexts = {
  'ability.not_permitted': {
    en: 'Your roles do not allow this here. Ask an owner or a manager of the holders.',
    ja: 'お使いの役割ではこの操作はできません。保持者を担当するオーナーまたはマネージャーに依頼してください。',
  },
  'ability.other_day': {
    en: 'You are looking at another day. Go back to today to change something.',
    ja: '別の日の内容を表示しています。変更するには今日の表示に戻ってください。',
  },
  'ability.no_verification_address': {
    en: 'It has no address at which the issuer confirms it. Add one to its facts first.',
    ja: '発行機関の確認用アドレスが登録されていません。先に基本情報へ登録してください。',
  },
  'ability.other_state': {
    en: 'It is in the state "{state}". This is possible only in: {needed}.',
    ja: '現在の状態は「{state}」です。この操作ができる状態: {needed}',
  },
  'ability.superseded': {
    en: 'Another certificate has taken its place. Do this to its successor.',
    ja: '後継の認証があります。この操作は後継の認証で行ってください。',
  },
}

/** Why one of many chosen certificates was not changed. */
export const bulkTexts: ProblemTexts = {
  'bulk.not_found': {
    en: 'It is not there, or you may not see it. Leave it out.',
    ja: '存在しないか、閲覧権限がありません。選択から外してください。',
  },
  'bulk.not_permitted': {
    en: 'Your roles do not allow this here. Leave it out, or ask a manager of its holders.',
    ja: 'お使いの役割ではこの操作はできません。選択から外すか、保持者を担当するマネージャーに依頼してください。',
  },
  'bulk.changed_meanwhile': {
    en: 'Somebody has changed it meanwhile. Look at it again, then repeat this.',
    ja: '他の人が変更しました。内容を確認してから、もう一度実行してください。',
  },
  'bulk.no_verification_address': {
    en: 'It has no address at which the issuer confirms it. Add one to its facts, or leave it out.',
    ja: '発行機関の確認用アドレスがありません。基本情報に登録するか、選択から外してください。',
  },
  'bulk.not_a_holder': {
    en: 'This entity does not hold it. Leave it out.',
    ja: 'この組織は保持者ではありません。選択から外してください。',
  },
  'bulk.holder_begins_later': {
    en: 'This entity becomes a holder only after that day. Choose a later day, or leave it out.',
    ja: 'この組織が保持者になるのはその日より後です。日付を変えるか、選択から外してください。',
  },
}
