import type { AssetKind } from './asset.ts'
import type { AssetColumn } from './exchange.ts'
import type { Property } from './property.ts'

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, '')

/** Headings under which people keep their registers, besides our own. Written as {@link plain} makes them. */
const headings: Readonly<Record<string, AssetColumn>> = {
  id: 'key',
  no: 'key',
  キー: 'key',
  管理番号: 'key',
  資産番号: 'key',
  資産id: 'key',
  name: 'name.en',
  asset: 'name.en',
  assetname: 'name.en',
  名称: 'name.ja',
  資産名: 'name.ja',
  資産名称: 'name.ja',
  情報資産名: 'name.ja',
  description: 'description.en',
  説明: 'description.ja',
  概要: 'description.ja',
  type: 'kind',
  種類: 'kind',
  種別: 'kind',
  組織: 'entity',
  会社: 'entity',
  部署: 'entity',
  管理部署: 'entity',
  サービス: 'services',
  責任者: 'owner',
  管理責任者: 'owner',
  管理者: 'owner',
  所有者: 'owner',
  分類: 'classification',
  区分: 'classification',
  機密区分: 'classification',
  c: 'confidentiality',
  i: 'integrity',
  a: 'availability',
  機密性: 'confidentiality',
  完全性: 'integrity',
  可用性: 'availability',
  personaldata: 'personalData',
  個人情報: 'personalData',
  個人データ: 'personalData',
  carddata: 'cardData',
  カード情報: 'cardData',
  カードデータ: 'cardData',
  location: 'location.en',
  保管場所: 'location.ja',
  所在: 'location.ja',
  設置場所: 'location.ja',
  retention: 'retention.months',
  保存期間: 'retention.months',
  保管期間: 'retention.months',
  依存先: 'dependsOn',
  依存する資産: 'dependsOn',
  識別子: 'identifiers',
  ホスト名: 'identifiers',
  利用開始日: 'inUseFrom',
  利用終了日: 'inUseTo',
  廃棄日: 'inUseTo',
}

/** The column that a heading means; null for one that is none of ours. */
export function columnNamed(heading: string, own: readonly AssetColumn[]): AssetColumn | null {
  const wanted = plain(heading)
  return own.find((column) => plain(column) === wanted) ?? headings[wanted] ?? null
}

const kinds: Readonly<Record<string, AssetKind>> = {
  情報: 'information',
  データ: 'information',
  文書: 'information',
  data: 'information',
  システム: 'system',
  サーバー: 'system',
  サーバ: 'system',
  機器: 'system',
  server: 'system',
  サービス: 'service',
  拠点: 'site',
  施設: 'site',
  設備: 'site',
  委託先: 'supplier',
  取引先: 'supplier',
  vendor: 'supplier',
  人: 'people',
  要員: 'people',
  person: 'people',
}

/** The kind that a word means; the word itself where it means none, so that the schema says what is wrong. */
export const kindNamed = (text: string): string => kinds[plain(text)] ?? plain(text)

const spokenProperties: Readonly<Record<string, Property>> = {
  ...{ c: 'confidentiality', i: 'integrity', a: 'availability' },
  ...{ 機密性: 'confidentiality', 完全性: 'integrity', 可用性: 'availability' },
}

/** The property that a word or letter means; the word itself where it means none, so that the schema says what is wrong. */
export const propertyNamed = (text: string): string => spokenProperties[plain(text)] ?? plain(text)

const spoken: Readonly<Record<string, boolean>> = {
  '': false,
  ...{ yes: true, y: true, true: true, '1': true, はい: true, 有: true, あり: true, '○': true, 〇: true },
  ...{ no: false, n: false, false: false, '0': false, いいえ: false, 無: false, なし: false, '×': false },
}

/** Yes or no as people write it; undefined for anything else. */
export const yesOrNo = (text: string): boolean | undefined => spoken[plain(text)]

/** Several names in a cell, with commas (also Japanese ones), semicolons or line breaks between them. */
export const listed = (text: string): string[] =>
  text
    .split(/[,、，;；\n]/)
    .map((part) => part.trim())
    .filter(Boolean)

/** FNV-1a over UTF-16 units, 32 bits: the same name has the same key whenever the file comes again. */
function digestOf(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** A key for a row whose file has none: the English name in small letters, or a digest of the Japanese one. */
export function keyFor(en: string, ja: string, prefix = 'asset'): string {
  const slug = en
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-$/, '')
  return slug.length >= 2 ? slug : `${prefix}-${digestOf(ja || en)}`
}
