import { expect, it } from 'vitest'
import { assetKinds } from '../assets/asset.ts'
import { properties } from '../assets/property.ts'
import { suggested } from './scenarios.ts'

const all = assetKinds.flatMap((kind) =>
  properties.map((property) => suggested(kind, property, { en: 'the ledger', ja: '台帳' })),
)

it('every kind can be hurt in three ways, each said in its own words about the asset', () => {
  expect(all).toHaveLength(18)
  for (const language of ['en', 'ja'] as const) {
    expect(new Set(all.map(({ scenario }) => scenario[language])).size).toBe(18)
    const asset = { en: 'the ledger', ja: '台帳' }[language]
    for (const { name, scenario } of all)
      for (const said of [name[language], scenario[language]]) expect(said).toContain(asset)
  }
})

it('an asset with a name in one language is called by it in both', () => {
  const { name } = suggested('system', 'availability', { ja: '基幹系' })
  expect([name.en?.includes('基幹系'), name.ja?.includes('基幹系')]).toEqual([true, true])
})

it('a suggestion about the longest name can be kept: names of risks have 200 characters', () => {
  const long = 'x'.repeat(140)
  for (const kind of assetKinds)
    for (const property of properties)
      expect(suggested(kind, property, { en: long }).name.en?.length).toBeLessThanOrEqual(200)
})
