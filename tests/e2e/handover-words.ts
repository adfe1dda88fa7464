/** What the browser test of handing over looks for on the screen, in each language. */
export const handoverWords = {
  en: {
    leave: 'Leaves the organisation',
    belongs: (count: number) => `${count} things belong to this person`,
    reason: 'Reason',
    atHome: /things belong to people who have left/,
    handOver: 'Hand over',
    risks: 'Risks and treatment actions',
    selectRisks: 'Select all: Risks and treatment actions',
    some: (count: number) => `Hand ${count} over`,
    all: (count: number) => `Hand all ${count} over`,
    successor: 'Successor',
    nothing: (name: string) => `Nothing belongs to ${name}`,
  },
  ja: {
    leave: '組織を離れる',
    belongs: (count: number) => `この人が担当しているものが ${count} 件あります`,
    reason: '理由',
    atHome: /退任した人が責任者のままのものが/,
    handOver: '引き継ぐ',
    risks: 'リスクと対応計画',
    selectRisks: 'すべて選択: リスクと対応計画',
    some: (count: number) => `${count} 件を引き継ぐ`,
    all: (count: number) => `全 ${count} 件を引き継ぐ`,
    successor: '後任',
    nothing: (name: string) => `${name}が担当しているものはありません`,
  },
} as const
