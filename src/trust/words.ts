import type { Language } from '../kernel/language.ts'

/** The fixed words of the public pages. Everything else on them comes from the register and reviewed texts. */
export const words = {
  title: { en: 'Policy and External Certifications', ja: '方針と外部認証' },
  skip: { en: 'Skip to content', ja: '本文へ' },
  asOf: { en: 'As of', ja: '基準日' },
  edition: { en: 'Edition', ja: '版' },
  published: { en: 'Published', ja: '公開日' },
  contents: { en: 'Contents', ja: '目次' },
  otherLanguage: { en: '日本語', ja: 'English' },
  thisSectionInOther: { en: 'この節を日本語で読む', ja: 'Read this section in English' },
  validOn: { en: 'Current on', ja: '有効（基準日）' },
  validTo: { en: 'Valid until', ja: '有効期限' },
  usedTo: { en: 'In use until', ja: '利用期限' },
  documents: { en: 'Documents', ja: '文書' },
  download: { en: 'Download', ja: 'ダウンロード' },
  forAnyone: { en: 'Open to anyone', ja: 'どなたでも入手できます' },
  onRequest: { en: 'Restricted use: given on request', ja: '利用者を限定した文書：申請により開示' },
  request: { en: 'Request this report', ja: 'この報告書の開示を申請する' },
  verify: { en: 'Check with the issuer', ja: '発行機関で確認する' },
  proof: { en: 'Proof of this edition', ja: 'この版の証明データ' },
  link: { en: 'Link to this claim', ja: 'この認証へのリンク' },
  how: { en: 'How to check this page', ja: 'このページの検証方法' },
  howText: {
    en: 'Each edition is kept for ever, byte for byte. The proof bundle shows, offline and without trusting anyone, that this edition was recorded in a tamper-evident log. The digest of a document is the SHA-256 of its file.',
    ja: '各版は1バイトも変えずに保存されます。証明データを使えば、この版が改ざんを検知できるログに記録されたことを、誰も信頼せずオフラインで確認できます。文書のダイジェストは、ファイルのSHA-256です。',
  },
  archive: { en: 'All editions', ja: 'すべての版' },
  changes: { en: 'Changes (Atom)', ja: '更新情報（Atom）' },
  machine: { en: 'For machines (JSON)', ja: '機械可読（JSON）' },
  permanent: { en: 'Permanent address of this edition', ja: 'この版の固定アドレス' },
  in: { en: 'in', ja: '' },
} as const satisfies Record<string, Record<Language, string>>

export type Word = keyof typeof words

export const languageNames: Readonly<Record<string, Record<Language, string>>> = {
  en: { en: 'English', ja: '英語' },
  ja: { en: 'Japanese', ja: '日本語' },
}
