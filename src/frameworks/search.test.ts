import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { buildSearchIndex, ranks, searchRequirements } from './search.ts'
import { loadCatalogue } from './server/load.ts'

const { editions } = loadCatalogue(fileURLToPath(new URL('../../frameworks', import.meta.url)))
const index = buildSearchIndex(editions.values())
const iso = { editionKeys: ['iso27001-2022'] }
const ids = (query: string, options = iso) => searchRequirements(index, query, options).map((hit) => hit.id)

describe('search', () => {
  test('an exact id comes before ids it begins, and those before titles', () => {
    const hits = searchRequirements(index, 'A.5.1', iso)
    expect(hits[0]?.id).toBe('A.5.1')
    expect(hits[1]?.id).toBe('A.5.10')
    expect(hits.map((hit) => hit.rank)).toEqual(hits.map((hit) => hit.rank).sort())
  })

  test('a clause wins over the Annex A control of the same number', () => {
    expect(ids('5.1').slice(0, 2)).toEqual(['5.1', 'A.5.1'])
    expect(ids('5.7')[0]).toBe('A.5.7')
  })

  test('titles match in both languages, in any case and width', () => {
    expect(ids('THREAT INTELL')).toEqual(['A.5.7'])
    expect(ids('脅威情報')).toEqual(['A.5.7'])
    expect(ids('ａ．８．１３')).toEqual(['A.8.13'])
    expect(ids('ﾏﾙｳｪｱ')).toContain('A.8.7')
  })

  test('all words of a query must occur, in any order', () => {
    expect(ids('supplier agreements')).toEqual(ids('agreements supplier'))
    expect(ids('agreements supplier')).toEqual(['A.5.20'])
  })

  test('the whole catalogue is searched unless editions are named, and the limit holds', () => {
    expect(
      new Set(searchRequirements(index, 'cryptograph').map((hit) => hit.editionKey)).size,
    ).toBeGreaterThan(1)
    expect(searchRequirements(index, 'a', { limit: 3 })).toHaveLength(3)
    expect(searchRequirements(index, 'a', { limit: 3 })[0]?.rank).toBe(ranks.exactId)
  })

  test('nothing is found for nothing', () => {
    expect(searchRequirements(index, '  ')).toEqual([])
    expect(searchRequirements(index, 'zzzz')).toEqual([])
  })
})
