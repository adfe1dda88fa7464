import { expect, it } from 'vitest'
import { assetsPasted } from './pasted-assets.ts'

const fill = { kind: 'system', entity: 'example' } as const

it('a bare list of names becomes a table with headings, a kind and an entity', () => {
  expect(assetsPasted('Mail gateway\nLedger\n', fill)).toBe(
    'name.en\tkind\tentity\nMail gateway\tsystem\texample\nLedger\tsystem\texample',
  )
  expect(assetsPasted('基幹系\tシステム\n人事台帳\t情報', fill)).toBe(
    'name.ja\tkind\tentity\n基幹系\tシステム\texample\n人事台帳\t情報\texample',
  )
})

it('a table with headings keeps them, and gets what no column says', () => {
  expect(assetsPasted('資産名\t種別\r\n台帳\t情報', fill)).toBe('資産名\t種別\tentity\n台帳\t情報\texample')
  expect(assetsPasted('name,kind,entity\nLedger,information,other', fill)).toBe(
    'name,kind,entity\nLedger,information,other',
  )
})

it('a line break inside of a cell does not part a row', () => {
  expect(assetsPasted('name\tdescription\n"The\nledger"\t"of ""all"""', fill)).toBe(
    'name\tdescription\tkind\tentity\n"The\nledger"\t"of ""all"""\tsystem\texample',
  )
})

it('many columns without headings cannot be told', () => {
  expect(assetsPasted('a\tb\tc\td', fill)).toBeNull()
})
