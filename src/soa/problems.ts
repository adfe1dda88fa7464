import type { ProblemTexts } from '../kernel/error.ts'

export const soaProblems: ProblemTexts = {
  'soa.not_iso': {
    en: 'Only a programme of ISO/IEC 27001 has a statement of applicability. This one is for {edition}.',
    ja: '適用宣言書があるのは ISO/IEC 27001 のプログラムだけです。このプログラムの版は {edition} です。',
  },
  'soa.draft_open': {
    en: 'Version {number} is still a draft. Renew it, or withdraw it first.',
    ja: '第{number}版がまだ下書きです。更新するか、先に取り下げてください。',
  },
  'soa.not_draft': {
    en: 'Version {number} is no draft any more and stays as it is.',
    ja: '第{number}版は下書きではないため、変更できません。',
  },
  'soa.gaps': {
    en: '{count} controls lack what clause 6.1.3 d) demands, or contradict themselves: {references}. Decide these first.',
    ja: '{count} 件の管理策が 6.1.3 d) の要求を満たしていないか、矛盾しています（{references}）。先に決定してください。',
  },
  'soa.gap_in': {
    en: '{reference}: {gap}',
    ja: '{reference}: {gap}',
  },
  'soa.outdated': {
    en: 'What the draft states has changed since it was made. Renew the draft and look at it again before approving.',
    ja: '下書きの作成後に内容が変わっています。下書きを更新し、確認してから承認してください。',
  },
  'soa.empty': {
    en: 'On this day the programme asks for no control, so that there is nothing to state.',
    ja: 'この日のプログラムには管理策がないため、適用宣言書を作成できません。',
  },
  'soa.no_mapping': {
    en: 'No map from {from} to {to} is shipped.',
    ja: '{from} から {to} への対応表はありません。',
  },
  'soa.reference_unknown': {
    en: '{reference} is no control of this programme.',
    ja: '{reference} はこのプログラムの管理策ではありません。',
  },
  'soa.in_future': {
    en: '{day} is in the future. A statement is as of today ({today}) or an earlier day.',
    ja: '{day} は未来の日付です。本日（{today}）以前の日を指定してください。',
  },
}
