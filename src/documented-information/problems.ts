import type { ProblemTexts } from '../kernel/error.ts'

export const documentedInformationProblems: ProblemTexts = {
  'documented.duty_unknown': {
    en: '{duty} is nothing that {edition} requires to be documented.',
    ja: '{duty} は {edition} が求める文書化した情報ではありません。',
  },
  'documented.evidence_withdrawn': {
    en: 'This item was withdrawn from the evidence library. Name another one.',
    ja: 'このファイルは証拠から取り下げられています。別のものを指定してください。',
  },
  'documented.future': {
    en: 'The day of issue, {day}, is in the future.',
    ja: '発行日 {day} は未来の日付です。',
  },
  'documented.review_before_issue': {
    en: 'It cannot cease to be current before it was issued ({issued}).',
    ja: '見直し期限は発行日（{issued}）より後にしてください。',
  },
  'documented.not_isms': {
    en: 'Only programmes of ISO/IEC 27001 have this list. This one is for {edition}.',
    ja: 'この一覧は ISO/IEC 27001 のプログラムだけにあります。このプログラムの版は {edition} です。',
  },
}
