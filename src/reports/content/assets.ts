import type { Asset } from '../../assets/asset.ts'
import { type PerProperty, properties } from '../../assets/property.ts'
import type { ScaleFacts } from '../../assets/scale.ts'
import { inLanguage, type LocalText } from '../../kernel/language.ts'
import type { Report } from '../report.ts'
import { column, type Head, numbers, said } from './parts.ts'

export type AssetFacts = {
  /** Those in use on the day, in the order of their keys. */
  assets: readonly { asset: Asset; effective: PerProperty<number | null> }[]
  scale: ScaleFacts
  entities: ReadonlyMap<string, LocalText>
  people: ReadonlyMap<string, LocalText>
  /** Keys by id. */
  keys: ReadonlyMap<string, string>
}

const words = {
  en: {
    title: 'Register of information assets',
    subject: (count: number) => `${count} assets in use`,
    lead: 'What is to be protected, who answers for it, and what it is worth in confidentiality, integrity and availability: its own value, or the highest of what depends on it (ISO/IEC 27001 A.5.9, A.5.12).',
    scale: 'Scale',
    level: 'Level',
    name: 'Name',
    key: 'Key',
    kind: 'Kind',
    kinds: {
      information: 'Information',
      system: 'System',
      service: 'Service',
      site: 'Site',
      supplier: 'Supplier',
      people: 'People',
    },
    entity: 'Entity',
    owner: 'Owner',
    nobody: 'Nobody',
    classification: 'Class',
    properties: { confidentiality: 'C', integrity: 'I', availability: 'A' },
    long: { confidentiality: 'Confidentiality', integrity: 'Integrity', availability: 'Availability' },
    data: 'Data',
    personal: 'personal',
    card: 'card',
    location: 'Location',
    retention: 'Retention',
    months: (count: number) => (count === 1 ? '1 month' : `${count} months`),
    dependsOn: 'Depends on',
    register: 'Register',
    none: 'None.',
  },
  ja: {
    title: '情報資産台帳',
    subject: (count: number) => `使用中の資産 ${count} 件`,
    lead: '保護の対象、その責任者、および機密性・完全性・可用性の価値を示します。価値は自身の値、または依存元の最大値です（ISO/IEC 27001 A.5.9、A.5.12）。',
    scale: '尺度',
    level: '段階',
    name: '名称',
    key: 'キー',
    kind: '種類',
    kinds: {
      information: '情報',
      system: 'システム',
      service: 'サービス',
      site: '拠点',
      supplier: '供給者',
      people: '人',
    },
    entity: '組織',
    owner: '責任者',
    nobody: '未定',
    classification: '分類',
    properties: { confidentiality: 'C', integrity: 'I', availability: 'A' },
    long: { confidentiality: '機密性', integrity: '完全性', availability: '可用性' },
    data: 'データ',
    personal: '個人',
    card: 'カード',
    location: '所在',
    retention: '保存期間',
    months: (count: number) => `${count} か月`,
    dependsOn: '依存先',
    register: '台帳',
    none: 'ありません。',
  },
} as const

/** The register of assets with their values as inherited (ISO/IEC 27001 A.5.9). */
export function assetReport(facts: AssetFacts, head: Head): Report {
  const { language } = head
  const t = words[language]
  const classes = new Map(facts.scale.classifications.map((one) => [one.key, one.name]))
  return {
    ...head,
    ...{ kind: 'asset-register', title: t.title, subject: t.subject(facts.assets.length) },
    ...{ version: null, landscape: true },
    blocks: [
      { kind: 'text', text: t.lead },
      {
        ...{ kind: 'table', key: 'scale', title: t.scale, empty: t.none },
        columns: [
          ...[numbers('level', t.level), column('name', t.name, 1)],
          ...properties.map((property) => column(property, t.long[property], 3)),
        ],
        rows: facts.scale.levels.map((level) => [
          ...[level.number, inLanguage(level.name, language)],
          ...properties.map((property) => inLanguage(level.anchors[property], language)),
        ]),
      },
      {
        ...{ kind: 'table', key: 'assets', title: t.register, empty: t.none },
        columns: [
          ...[column('key', t.key, 1.4), column('name', t.name, 2), column('kind', t.kind)],
          ...[
            column('entity', t.entity, 1.4),
            column('owner', t.owner, 1.2),
            column('class', t.classification),
          ],
          ...properties.map((property) => numbers(property, t.properties[property])),
          ...[column('data', t.data), column('location', t.location, 1), column('retention', t.retention, 1)],
          column('dependsOn', t.dependsOn, 2),
        ],
        rows: facts.assets.map(({ asset, effective }) => [
          ...[asset.key, inLanguage(asset.name, language), t.kinds[asset.kind]],
          said(facts.entities.get(asset.entityId), language),
          asset.ownerId === null ? t.nobody : said(facts.people.get(asset.ownerId), language),
          asset.classification === null ? null : said(classes.get(asset.classification), language),
          ...properties.map((property) => effective[property]),
          [...(asset.personalData ? [t.personal] : []), ...(asset.cardData ? [t.card] : [])].join(', ') ||
            null,
          said(asset.location, language),
          asset.retention === null ? null : t.months(asset.retention.months),
          asset.dependsOn
            .map((id) => facts.keys.get(id) ?? '—')
            .sort()
            .join(', ') || null,
        ]),
      },
    ],
  }
}
