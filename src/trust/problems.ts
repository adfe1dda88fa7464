import type { ProblemTexts } from '../kernel/error.ts'

const textProblems: ProblemTexts = {
  'text.section': { en: 'This is not the name of a section.', ja: '節の名前として正しくありません。' },
  'text.section_unknown': {
    en: 'There is no section "{section}": use "policy", "terms" or a scheme of the catalogue.',
    ja: '節「{section}」はありません。「policy」「terms」またはカタログのスキームを指定してください。',
  },
  'text.numeral': {
    en: 'Character {at}: "{found}" is typed by hand. Numbers come from the register: use a placeholder such as {count:…}.',
    ja: '{at}文字目：「{found}」が手入力されています。数字は台帳から入ります。{count:…} などの差し込み項目を使ってください。',
  },
  'text.number_word': {
    en: 'Character {at}: the number "{found}" is typed by hand. Use a placeholder such as {count:…}.',
    ja: '{at}文字目：数を表す「{found}」が手入力されています。{count:…} などの差し込み項目を使ってください。',
  },
  'text.name_typed': {
    en: 'Character {at}: the name "{found}" is typed by hand. Write {instead} so that it comes from the register.',
    ja: '{at}文字目：名称「{found}」が手入力されています。台帳から入るように {instead} と書いてください。',
  },
  'text.other_script': {
    en: 'Character {at}: "{found}" belongs to another script and could pass for a different letter.',
    ja: '{at}文字目：「{found}」は別の文字体系の文字で、他の文字と見間違えるおそれがあります。',
  },
  'text.invisible': {
    en: 'Character {at} is invisible. Remove it.',
    ja: '{at}文字目に見えない文字があります。削除してください。',
  },
  'text.brace': {
    en: 'Character {at}: "{found}" stands alone. Braces are only for placeholders.',
    ja: '{at}文字目：「{found}」が単独で使われています。波括弧は差し込み項目にのみ使えます。',
  },
  'text.placeholder_unknown': {
    en: 'Character {at}: there is no placeholder {found}.',
    ja: '{at}文字目：差し込み項目 {found} はありません。',
  },
  'text.placeholder_form': {
    en: 'Character {at}: {found} lacks a part or has one too many. It is {name}, {name:scheme} or {count:scheme:what}.',
    ja: '{at}文字目：{found} の構成が正しくありません。{name}、{name:scheme}、{count:scheme:what} のいずれかで書いてください。',
  },
  'text.placeholder_scheme': {
    en: 'Character {at}: {found} names a scheme that is not in the catalogue.',
    ja: '{at}文字目：{found} のスキームはカタログにありません。',
  },
  'text.placeholder_count': {
    en: 'Character {at}: {found} asks for something that cannot be counted.',
    ja: '{at}文字目：{found} は数えられない対象を指定しています。',
  },
  'text.review_own': {
    en: 'You worded this text yourself; another manager must review it.',
    ja: 'ご自身が書いた文章です。別の管理者が確認する必要があります。',
  },
  'text.review_person': { en: 'Only a person can review a text.', ja: '文章を確認できるのは人だけです。' },
  'text.review_other_wording': {
    en: 'The wording changed since you read it. Read it again.',
    ja: '読んだ後に文章が変更されました。もう一度読んでください。',
  },
  'text.unreviewed': {
    en: 'The text at place {place} of section "{section}" has not been reviewed as it stands.',
    ja: '節「{section}」の{place}番の文章は、現在の内容で確認されていません。',
  },
  'text.language_missing': {
    en: 'The text at place {place} of section "{section}" is missing in {language}.',
    ja: '節「{section}」の{place}番の文章に {language} 版がありません。',
  },
  'text.placeholder_unresolved': {
    en: 'In section "{section}" the register has nothing to put in place of {placeholder} on that day.',
    ja: '節「{section}」の {placeholder} に入る内容が、その日の台帳にありません。',
  },
  'text.without_claim': {
    en: 'Section "{section}" has a text but nothing in it is certified on that day.',
    ja: '節「{section}」に文章がありますが、その日に有効な認証がありません。',
  },
}

const claimProblems: ProblemTexts = {
  'claim.expired': {
    en: '{certificate} has not been valid since {day}, but the page speaks about it. Renew it, or end its texts.',
    ja: '{certificate} は {day} 以降有効ではありませんが、ページで言及されています。更新するか、該当する文章を終了してください。',
  },
  'claim.suspended': {
    en: '{certificate} has been suspended since {day}; it must not be advertised (ISO/IEC 17021-1 9.6.5).',
    ja: '{certificate} は {day} から一時停止中のため、掲載できません（ISO/IEC 17021-1 9.6.5）。',
  },
  'claim.withdrawn': {
    en: '{certificate} was withdrawn on {day}; it must not be advertised (ISO/IEC 17021-1 8.3).',
    ja: '{certificate} は {day} に取り消されたため、掲載できません（ISO/IEC 17021-1 8.3）。',
  },
  'claim.result_adverse': {
    en: 'The opinion on {certificate} is adverse, so nothing can be claimed with it. Publish without it.',
    ja: '{certificate} は不適正意見のため掲載できません。この報告書を除いて発行してください。',
  },
  'claim.result_disclaimer': {
    en: 'The auditor of {certificate} gave no opinion, so nothing can be claimed with it. Publish without it.',
    ja: '{certificate} は意見不表明のため掲載できません。この報告書を除いて発行してください。',
  },
  'claim.result_non_compliant': {
    en: 'The newest assessment of {certificate} ended non-compliant. Register a compliant one, or publish without it.',
    ja: '{certificate} の最新の評価は非準拠です。準拠の評価を登録するか、これを除いて発行してください。',
  },
  'claim.qualification_missing': {
    en: 'The opinion on {certificate} is qualified. State in its report what the opinion excepts.',
    ja: '{certificate} は限定付意見です。除外事項を報告書に登録してください。',
  },
  'claim.no_holder': {
    en: 'Nobody holds {certificate} on that day.',
    ja: 'その日に {certificate} を保有する事業者がありません。',
  },
  'claim.holder_not_member': {
    en: '{entity} holds {certificate} but does not belong to the organisation on that day.',
    ja: '{entity} は {certificate} を保有していますが、その日は組織に属していません。',
  },
  'claim.service_not_offered': {
    en: '{service} is covered by {certificate} but is not offered on that day.',
    ja: '{service} は {certificate} の対象ですが、その日は提供されていません。',
  },
  'claim.service_without_holder': {
    en: 'The entity behind {service} is not among the holders of {certificate} on that day.',
    ja: '{service} を担う事業者が、その日の {certificate} の保有者に含まれていません。',
  },
  'claim.rival': {
    en: '{certificate} and {other} say different things: {entity} holds both under one scheme with different numbers.',
    ja: '{certificate} と {other} が矛盾しています。{entity} が同じスキームで異なる番号の認証を同時に保有しています。',
  },
  'claim.report_missing': {
    en: 'The report of {certificate} is not attached; the page promises it to everyone.',
    ja: '{certificate} の報告書が添付されていません。ページでは公開されるものです。',
  },
  'claim.report_restricted': {
    en: 'The report of {certificate} is for general use but is not marked public.',
    ja: '{certificate} の報告書は一般公開用ですが、公開に設定されていません。',
  },
  'claim.restricted_made_public': {
    en: '{document} of {certificate} is restricted-use and must not be public (AICPA SOC 2 guide).',
    ja: '{certificate} の {document} は利用者限定の文書であり、公開できません（AICPA SOC 2 guide）。',
  },
  'claim.issued_document_missing': {
    en: 'The issued document of {certificate} is not attached: there is nothing to prove the claim with.',
    ja: '{certificate} の発行文書が添付されていないため、掲載の根拠がありません。',
  },
  'claim.report_too_old': {
    en: 'The period of {certificate} ended on {period}; readers rely on it until {last} only.',
    ja: '{certificate} の対象期間は {period} に終了しており、{last} までしか利用できません。',
  },
  'claim.language_missing': {
    en: 'The {field} of {certificate} is missing in {language}.',
    ja: '{certificate} の {field} に {language} 版がありません。',
  },
  'page.name_missing': {
    en: "The organisation's name is missing in {language}.",
    ja: '組織の名称に {language} 版がありません。',
  },
  'page.policy_missing': {
    en: 'The page has no policy statement on that day.',
    ja: 'その日のページに方針の文章がありません。',
  },
}

const otherProblems: ProblemTexts = {
  'publication.refused': {
    en: 'The page must not be published: {count} reason(s).',
    ja: 'ページを公開できません。理由が{count}件あります。',
  },
  'publication.future': {
    en: 'A page states what is, not what will be: {day} lies ahead.',
    ja: 'ページは現在の事実を示すものです。{day} は未来の日付です。',
  },
  'publication.raced': {
    en: 'Somebody else published at the same moment. Look at their edition first.',
    ja: '同時に別の人が公開しました。まずその版を確認してください。',
  },
  digest: { en: 'This is not a SHA-256 digest.', ja: 'SHA-256ダイジェストとして正しくありません。' },
  email: { en: 'This is not an e-mail address.', ja: 'メールアドレスとして正しくありません。' },
  'report_request.decided': {
    en: 'This request has been decided already ({state}).',
    ja: 'この申請は既に処理されています（{state}）。',
  },
  'report_request.terms_missing': {
    en: 'There are no reviewed terms of use: publish them in the section "terms" first.',
    ja: '確認済みの利用条件がありません。先に節「terms」に用意してください。',
  },
  'report_request.terms_changed': {
    en: 'The terms of use have changed. Read them again.',
    ja: '利用条件が変更されました。もう一度お読みください。',
  },
  'report_request.document_changed': {
    en: 'The document is no longer the one that was asked for, or is not given on request any more.',
    ja: '申請された文書が差し替えられたか、申請による開示の対象ではなくなりました。',
  },
  'report_request.too_many': {
    en: 'This address has asked too often. Try again later.',
    ja: 'このアドレスからの申請が多すぎます。しばらくしてからお試しください。',
  },
}

/** Every code of this noun, reasons against a publication included. */
export const trustProblems: ProblemTexts = { ...textProblems, ...claimProblems, ...otherProblems }
