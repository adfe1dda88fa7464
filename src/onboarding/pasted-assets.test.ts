import { expect, it } from 'vitest'
import { assetsPasted } from './pasted-assets.ts'

const fill = { kind: 'system', entity: 'example' } as const

it('a bare list of names becomes a table with headings, a kind and an entity', () => {
  expect(assetsPasted('Mail gateway, primary\nLedger\tinformation\n', fill)).toEqual({
    headed: false,
    table:
      'name.en\tkind\towner\tentity\nMail gateway, primary\tsystem\t\texample\nLedger\tinformation\t\texample',
  })
  expect(assetsPasted('基幹系\tシステム\n人事台帳', fill)?.table).toBe(
    'name.ja\tkind\towner\tentity\n基幹系\tシステム\t\texample\n人事台帳\tsystem\t\texample',
  )
})

it('a table with headings keeps them, and gets what no column says', () => {
  expect(assetsPasted('資産名\t種別\r\n台帳\t情報', fill)).toEqual({
    headed: true,
    table: '資産名\t種別\tentity\n台帳\t情報\texample',
  })
  expect(assetsPasted('name,kind,entity\nLedger,information,other', fill)?.table).toBe(
    'name,kind,entity\nLedger,information,other',
  )
})

it('a line break inside of a cell does not part a row', () => {
  expect(assetsPasted('name\tdescription\n"The\nledger"\t"of ""all"""', fill)?.table).toBe(
    'name\tdescription\tkind\tentity\n"The\nledger"\t"of ""all"""\tsystem\texample',
  )
})

it('many columns without headings cannot be told', () => {
  expect(assetsPasted('a\tb\tc\td', fill)).toBeNull()
})
