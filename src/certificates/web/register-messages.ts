import { catalogue } from '../../web/i18n/paired.ts'

const certificates = (count: string) => (count === '1' ? '1 certificate' : `${count} certificates`)

/** Words for the register as a whole, and for what is done with chosen rows. */
export const registerMessages = catalogue(
  {
    search: 'Search number, scope, holder, issuer, service',
    entity: 'Entity',
    exactly: 'exactly this one, without those below',
    predecessors: 'Follows',
    successors: 'Followed by',
    predecessorsHint:
      'Certificates in whose place this one stands. From its first day on they are superseded, also on the public page.',
    superseded: 'Superseded',
    qualification: 'What the opinion excepts',
    qualificationHint:
      'Stated on the public page in both languages; without it the page cannot be published.',
    exportSelected: 'Export',
    check: 'Checked today',
    endHolder: 'End a holder…',
    endNow: 'End the holder',
    endTitle: (count: string) => `End a holder in ${certificates(count)}`,
    endText:
      'The entity stops being a holder after the day. Earlier days keep showing it; the public page changes with its next publication.',
    holder: 'Holder',
    lastDay: 'Last day',
    done: (changed: string, unchanged: string) => `Changed: ${changed}. So already: ${unchanged}.`,
    refusedTitle: 'Nothing was changed',
    refused: (count: string) =>
      `${certificates(count)} cannot be changed, and all go together or none. Leave these out, or mend them first.`,
    others: (count: string) => `Change the other ${count}`,
    close: 'Close',
  },
  {
    search: '番号・範囲・保持者・発行者・サービスで検索',
    entity: '組織',
    exactly: 'この組織のみ（配下を含まない）',
    predecessors: '前身',
    successors: '後継',
    predecessorsHint:
      'この認証が引き継いだ認証です。この認証の開始日以降、公開ページを含めて「後継あり」の扱いになります。',
    superseded: '後継あり',
    qualification: '意見の除外事項',
    qualificationHint: '公開ページに両言語で記載されます。未登録の場合、公開ページは発行できません。',
    exportSelected: '書き出し',
    check: '本日確認済みにする',
    endHolder: '保持者の終了…',
    endNow: '終了する',
    endTitle: (count) => `${count}件の認証で保持者を終了`,
    endText:
      '指定日の翌日から保持者ではなくなります。過去の日付の表示は変わりません。公開ページには次回の発行時に反映されます。',
    holder: '保持者',
    lastDay: '最終日',
    done: (changed, unchanged) => `変更: ${changed}件。変更不要: ${unchanged}件。`,
    refusedTitle: '何も変更されていません',
    refused: (count) =>
      `${count}件を変更できません。選択した行はすべてまとめて変更されます。以下を選択から外すか、先に修正してください。`,
    others: (count) => `残りの${count}件を変更`,
    close: '閉じる',
  },
)

export type RegisterWords = (typeof registerMessages)['ja']
