import type { ProblemTexts } from '../kernel/error.ts'

export const calendarProblems: ProblemTexts = {
  'arrangement.not_yours': {
    en: 'This is not yours to do. Ask who is to do it, or whoever manages the place, to arrange it.',
    ja: 'あなたの担当ではありません。担当者またはその組織の管理者に依頼してください。',
  },
  'arrangement.person_inactive': {
    en: 'This person is not active. Choose somebody who can sign in.',
    ja: 'この人は有効ではありません。サインインできる人を選んでください。',
  },
  'arrangement.person_may_not': {
    en: 'This person may not do it: it needs {permission} there. Choose somebody else, or give them a role first.',
    ja: 'この人には必要な権限（{permission}）がありません。別の人を選ぶか、先に役割を付与してください。',
  },
  'arrangement.snooze_over': {
    en: 'Choose a day after {today}.',
    ja: '{today} より後の日を選んでください。',
  },
  'arrangement.snooze_too_long': {
    en: 'A snooze lasts at most {days} days: choose a day until {last}.',
    ja: 'スヌーズは最長 {days} 日です。{last} までの日を選んでください。',
  },
  'arrangement.nothing': {
    en: 'Nothing is arranged about this. There is nothing to take back.',
    ja: '取り消す対象の委任・スヌーズはありません。',
  },
  'feed.needs_person': {
    en: 'A calendar feed belongs to a person. Sign in as one.',
    ja: 'カレンダーの配信は個人のものです。個人としてサインインしてください。',
  },
  'feed.too_many': {
    en: 'You have {count} feeds already. End one of them first.',
    ja: '配信は既に {count} 件あります。先にいずれかを無効にしてください。',
  },
  'feed.ended': {
    en: 'This feed was ended already.',
    ja: 'この配信は既に無効です。',
  },
}
