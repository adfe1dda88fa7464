import type { ProblemTexts } from '../kernel/error.ts'

export const organisationProblems: ProblemTexts = {
  'entity.circle': {
    en: 'An entity cannot lie below itself.',
    ja: '組織を自分自身の下位に置くことはできません。',
  },
  'entity.root_needs_no_parent': {
    en: 'There is one top entity already.',
    ja: '最上位の組織は既にあります。',
  },
  'organisation.not_a_demo': {
    en: 'Only a demo has a calendar that stands still.',
    ja: '日付を固定できるのはデモだけです。',
  },
}
