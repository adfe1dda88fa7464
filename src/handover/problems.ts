import type { ProblemTexts } from '../kernel/error.ts'

export const handoverProblems: ProblemTexts = {
  'handover.same_person': {
    en: 'Choose somebody else: these things are theirs already.',
    ja: '別の人を選んでください。引き継ぎ元と同じ人です。',
  },
  'handover.to_left': {
    en: '{name} has left. Choose somebody who is here.',
    ja: '{name}は退任しています。在籍している人を選んでください。',
  },
  'handover.not_theirs': {
    en: 'This no longer belongs to the person who hands over. Load the list again.',
    ja: 'これは既に引き継ぎ元の人のものではありません。一覧を読み込み直してください。',
  },
  'handover.changed_one': {
    en: '{name} was changed by somebody else meanwhile. Load the list again.',
    ja: '{name}は他の人が変更しました。一覧を読み込み直してください。',
  },
  'handover.left_over': {
    en: 'Nobody would answer for {count} things: {names}. Name a successor for each kind, or say that they may wait. Nobody has left, and nothing was handed over.',
    ja: '{count} 件の責任者がいなくなります（{names}）。種類ごとに後任を選ぶか、引き継ぎ待ちにすることを選択してください。退任も引き継ぎも行われていません。',
  },
  'handover.left_beyond': {
    en: 'Nobody would answer for {count} things that you may not see. Ask an owner of the organisation to do this, or say that they may wait. Nobody has left, and nothing was handed over.',
    ja: '閲覧権限のない {count} 件の責任者がいなくなります。組織の所有者に依頼するか、引き継ぎ待ちにすることを選択してください。退任も引き継ぎも行われていません。',
  },
  'handover.no_right': {
    en: 'You may not change {count} of these: {names}. Leave them out, or ask somebody who may. Nothing was handed over.',
    ja: 'このうち {count} 件を変更する権限がありません（{names}）。除外するか、権限のある人に依頼してください。何も引き継がれていません。',
  },
}
