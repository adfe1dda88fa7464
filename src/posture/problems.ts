import type { ProblemTexts } from '../kernel/error.ts'

export const postureProblems: ProblemTexts = {
  'posture.requirement_unknown': {
    en: 'The programme does not ask for "{requirement}" on {day}.',
    ja: 'このプログラムでは、{day} の時点で「{requirement}」は対象ではありません。',
  },
  'posture.window': {
    en: 'Give a window of at most ten years whose first day is not after its last.',
    ja: '期間は10年以内とし、開始日を終了日以前にしてください。',
  },
}
