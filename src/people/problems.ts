import type { ProblemTexts } from '../kernel/error.ts'

export const peopleProblems: ProblemTexts = {
  'person.email_taken': {
    en: 'Somebody with this e-mail address is listed already.',
    ja: 'このメールアドレスの人は既に登録されています。',
  },
  'person.leaves_ahead': {
    en: '{day} is after today ({today}). Do this on the day: what is theirs can be handed over before.',
    ja: '{day} は本日（{today}）より後です。退任は当日に行ってください。担当しているものは先に引き継げます。',
  },
  'person.has_left': { en: 'This person has left.', ja: 'この人は既に離脱しています。' },
  'person.last_owner': {
    en: 'This is the only owner. Make another owner first.',
    ja: '唯一のオーナーです。先に別のオーナーを任命してください。',
  },
  'person.still_here': {
    en: 'This person has not left. End their part first.',
    ja: 'この人はまだ在籍しています。先に離脱の手続きをしてください。',
  },
  'person.not_invited': {
    en: 'This person has an account already.',
    ja: 'この人は既にアカウントを持っています。',
  },
  'person.not_active': {
    en: 'This person has no account yet. Send a new invitation link instead.',
    ja: 'この人はまだアカウントを持っていません。代わりに招待リンクを再発行してください。',
  },
  'person.no_password': {
    en: 'This person has set no password yet. Give a new link instead.',
    ja: 'この人はまだパスワードを設定していません。代わりに新しいリンクを発行してください。',
  },
  'person.reset_own': {
    en: 'Change your own password under Settings, Security.',
    ja: '自分のパスワードは「設定」の「セキュリティ」で変更してください。',
  },
  'person.own_address': {
    en: 'Change your own e-mail address under Settings, Security.',
    ja: '自分のメールアドレスは「設定」の「セキュリティ」で変更してください。',
  },
  'person.account_elsewhere': {
    en: 'This account is also used in another organisation. Only the person can change its password, under Settings.',
    ja: 'このアカウントは他の組織でも使われています。パスワードは本人だけが「設定」で変更できます。',
  },
  'grant.auditor_needs_engagement': {
    en: 'An external auditor is given an engagement, not an entity.',
    ja: '外部監査人には会社ではなく監査案件を割り当ててください。',
  },
  'grant.engagement_is_for_auditors': {
    en: 'Only an external auditor is given an engagement.',
    ja: '監査案件を割り当てられるのは外部監査人だけです。',
  },
  'grant.beyond_own': {
    en: 'You cannot give a role above your own.',
    ja: '自分より上位の役割は付与できません。',
  },
  'grant.own_role': { en: 'You cannot change your own role.', ja: '自分自身の役割は変更できません。' },
  'grant.exists': {
    en: 'This person has this role there already.',
    ja: 'この人には既に同じ役割が付与されています。',
  },
  'grant.ended': { en: 'This grant has ended already.', ja: 'この権限付与は既に終了しています。' },
  'api_key.scope_unknown': { en: 'There is no permission "{scope}".', ja: '権限「{scope}」は存在しません。' },
  'api_key.lasts_too_long': {
    en: 'A key lasts {days} days at most.',
    ja: 'キーの有効期間は最長 {days} 日です。',
  },
  'api_key.expired_already': { en: 'The key would have expired already.', ja: '有効期限が過去の日時です。' },
  'api_key.revoked': { en: 'This key is revoked already.', ja: 'このキーは既に失効しています。' },
  'access.key_invalid': { en: 'This key is not valid.', ja: 'このキーは無効です。' },
  'access.link_invalid': {
    en: 'This link has ended or was used already. Ask for a new one.',
    ja: 'このリンクは期限切れか、既に使用されています。新しいリンクを依頼してください。',
  },
  'access.sign_in_to_join': {
    en: 'There is an account with this address already. Sign in with it, then open this link again and join with it.',
    ja: 'このアドレスのアカウントが既にあります。そのアカウントでサインインしてから、このリンクをもう一度開いて参加してください。',
  },
  'access.choose_organisation': {
    en: 'Your account belongs to several organisations. Choose one first.',
    ja: 'アカウントが複数の組織に所属しています。先に組織を選んでください。',
  },
  'access.password_short': {
    en: 'Use at least {minimum} characters.',
    ja: '{minimum} 文字以上にしてください。',
  },
  'access.password_breached': {
    en: 'This password is in a list of stolen passwords. Choose another one.',
    ja: 'このパスワードは漏えいリストに含まれています。別のものにしてください。',
  },
  'access.person_left': {
    en: 'This account has ended. Ask an owner of your organisation if that is a mistake.',
    ja: 'このアカウントは終了しています。お心当たりがない場合は組織のオーナーに確認してください。',
  },
  'access.code_wrong': { en: 'The code is wrong.', ja: 'コードが違います。' },
  'access.password_wrong': { en: 'The password is wrong.', ja: 'パスワードが違います。' },
  'access.passkey_failed': {
    en: 'The passkey was not accepted. Try again, or sign in another way.',
    ja: 'パスキーを確認できませんでした。もう一度試すか、別の方法でサインインしてください。',
  },
  'access.sign_in_again': {
    en: 'Sign in again before you do this.',
    ja: 'この操作の前に、もう一度サインインしてください。',
  },
  'access.sign_in_failed': {
    en: 'E-mail address or password is wrong.',
    ja: 'メールアドレスまたはパスワードが違います。',
  },
  'access.code_used': {
    en: 'This code was used already. Sign in again with the next one.',
    ja: 'このコードは使用済みです。もう一度サインインし、次のコードを入力してください。',
  },
  'approval.own_work': {
    en: 'You wrote in this version. Another person must approve it.',
    ja: 'この版の作成に関わった人は承認できません。別の担当者が承認してください。',
  },
  'approval.already': {
    en: 'This version was approved on {day} and stays as it is. Begin a new version to change something.',
    ja: 'この版は {day} に承認済みのため変更できません。変更するには新しい版を作成してください。',
  },
  'approval.withdrawn': {
    en: 'This version was withdrawn on {day}.',
    ja: 'この版は {day} に取り下げられました。',
  },
  'approval.no_author': {
    en: 'A version needs an author. Sign in, or use an API key.',
    ja: '版には作成者が必要です。サインインするか、API キーを使ってください。',
  },
  'approval.left': {
    en: 'You have left this organisation. Somebody who is here must approve it.',
    ja: 'この組織を離れているため承認できません。在籍している人が承認してください。',
  },
  'approval.person_only': {
    en: 'Only a person approves. An API key or a program cannot.',
    ja: '承認できるのは人だけです。API キーやプログラムでは承認できません。',
  },
}
