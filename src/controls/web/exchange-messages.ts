import { catalogue } from '../../web/i18n/paired.ts'

const rows = (count: string) => (count === '1' ? '1 row' : `${count} rows`)

/** Words for controls and implementations as files. */
export const exchangeMessages = catalogue(
  {
    export: 'Export',
    import: 'Import',
    kinds: { controls: 'Controls', implementations: 'Implementations' },
    exportWhat: (count: string) => `Controls, exactly as shown: ${rows(count)}`,
    exportChosen: (count: string) => `Of the chosen controls: ${count}`,
    exportImplementations: 'How they are carried out, ended ones too',
    exportAsOf: (day: string) => `As of ${day}`,
    csv: 'CSV (text, UTF-8)',
    xlsx: 'XLSX (Excel)',
    titles: { controls: 'Import controls', implementations: 'Import implementations' },
    leads: {
      controls:
        'Rows are matched by code: a new code adds a control, a known one changes it. A file confirms no words: what it adds or rewrites is unreviewed. Nothing is deleted, and the same file twice changes nothing.',
      implementations:
        'Rows are matched by control, entity and service. What changes its rhythm changes the plan, from tomorrow on. Nothing is deleted, and the same file twice changes nothing.',
    },
    template: 'Download what is there now as a template',
    key: 'About',
    parts: {
      code: 'code',
      name: 'name',
      objective: 'aim',
      practice: 'what is done',
      review: 'unreviewed again',
      requirementLinks: 'requirements',
      controlLinks: 'links to controls',
      together: 'answered together',
      ownerId: 'owner',
      inheritable: 'inheritance',
      description: 'how it is done',
      frequency: 'how often',
      evidenceDays: 'days of evidence',
      phases: 'phases',
      endedOn: 'end',
    } as Record<string, string>,
    ready: (count: string) => `${rows(count)} would change the register. Nothing has been changed yet.`,
    done: (created: string, updated: string) =>
      `Imported: ${created} added, ${updated} changed. Each is an entry of the log.`,
  },
  {
    export: '書き出し',
    import: '取り込み',
    kinds: { controls: '管理策', implementations: '実施' },
    exportWhat: (count) => `表示中の管理策${count}件`,
    exportChosen: (count) => `選択した管理策${count}件`,
    exportImplementations: '実施（終了したものを含む）',
    exportAsOf: (day) => `${day}時点`,
    csv: 'CSV（テキスト、UTF-8）',
    xlsx: 'XLSX（Excel）',
    titles: { controls: '管理策の取り込み', implementations: '実施の取り込み' },
    leads: {
      controls:
        '行はコードで照合します。新しいコードは追加、登録済みのコードは変更になります。ファイルで文面が確認済みになることはなく、追加・変更した文面は未確認になります。削除は行いません。同じファイルを二度取り込んでも結果は変わりません。',
      implementations:
        '行は管理策・組織・サービスで照合します。頻度を変更すると、翌日以降の計画が変わります。削除は行いません。同じファイルを二度取り込んでも結果は変わりません。',
    },
    template: '現在の登録内容をひな形としてダウンロード',
    key: '対象',
    parts: {
      code: 'コード',
      name: '名称',
      objective: '狙い',
      practice: '実施内容',
      review: '未確認に戻る',
      requirementLinks: '要求事項',
      controlLinks: '管理策への対応付け',
      together: '複数で対応',
      ownerId: '責任者',
      inheritable: '継承',
      description: '実施方法',
      frequency: '頻度',
      evidenceDays: '証拠の有効日数',
      phases: '段階',
      endedOn: '終了',
    },
    ready: (count) => `${count}件が追加または変更されます。まだ何も変更していません。`,
    done: (created, updated) =>
      `取り込みました。追加${created}件、変更${updated}件。それぞれがログに記録されています。`,
  },
)
