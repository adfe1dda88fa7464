import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { countRequirements } from './count.ts'
import type { CountMode, Edition } from './edition.ts'
import { loadCatalogue } from './server/load.ts'

const { editions } = loadCatalogue(fileURLToPath(new URL('../../frameworks', import.meta.url)))

function edition(key: string): Edition {
  const found = editions.get(key)
  if (found === undefined) throw new Error(`no edition ${key}`)
  return found
}

const known: [string, CountMode, number][] = [
  ['iso27001-2013', 'controls', 114],
  ['iso27001-2013', 'objectives', 35],
  ['iso27001-2013', 'domains', 14],
  ['iso27001-2013', 'clause-requirements', 26],
  ['iso27001-2022', 'controls', 93],
  ['iso27001-2022', 'themes', 4],
  ['iso27001-2022', 'clause-requirements', 30],
  ['tsc-2017', 'criteria', 61],
  ['tsp-2014', 'criteria', 43],
  ['pci-dss-4.0.1', 'goals', 6],
  ['pci-dss-4.0.1', 'principal-requirements', 12],
  ['pci-dss-4.0.1', 'requirements', 280],
  ['pci-dss-4.0.1', 'core-requirements', 250],
  ['pci-dss-4.0.1', 'sections', 71],
  ['pci-dss-4.0.1', 'core-sections', 63],
  ['pci-dss-4.0.1', 'testing-procedures', 512],
  ['pci-dss-4.0.1', 'core-testing-procedures', 464],
  ['pci-dss-4.0.1', 'service-provider-requirements', 17],
  ['pci-dss-4.0.1', 'multi-tenant-requirements', 8],
  ['pci-dss-4.0.1', 'future-dated-requirements', 51],
  ['pci-dss-4.0', 'principal-requirements', 12],
  ['pci-dss-4.0', 'goals', 6],
  ['pci-dss-4.0', 'requirements', 280],
  ['pci-dss-4.0', 'core-requirements', 250],
  ['pci-dss-4.0', 'sections', 71],
  ['pci-dss-4.0', 'testing-procedures', 512],
  ['pci-dss-4.0', 'service-provider-requirements', 17],
  ['pci-dss-4.0', 'multi-tenant-requirements', 8],
  ['pci-dss-4.0', 'future-dated-requirements', 51],
  ['pci-dss-3.2.1', 'principal-requirements', 12],
  ['pci-dss-3.2.1', 'goals', 6],
]

describe('numbers that publishers and registers quote follow from the nodes', () => {
  test.each(known)('%s by %s is %i', (key, mode, expected) => {
    const result = countRequirements(edition(key), { mode })
    expect(result.count).toBe(expected)
    expect(result.parts.reduce((sum, part) => sum + part.count, 0)).toBe(expected)
  })

  test('the themes of Annex A split 37, 8, 14, 34', () => {
    const { parts } = countRequirements(edition('iso27001-2022'), { mode: 'controls' })
    expect(parts.map((part) => [part.key, part.count])).toEqual([
      ['A.5', 37],
      ['A.6', 8],
      ['A.7', 14],
      ['A.8', 34],
    ])
  })
})

describe('criteria per principle', () => {
  const four = ['security', 'availability', 'processing-integrity', 'confidentiality']

  test('the 2014 edition gives 127 = 28 + 31 + 34 + 34', () => {
    const result = countRequirements(edition('tsp-2014'), {
      mode: 'criteria-per-principle',
      categories: four,
    })
    expect(result.count).toBe(127)
    expect(result.parts.map((part) => part.count)).toEqual([28, 31, 34, 34])
    expect(result.uncounted).toEqual([])
  })

  test('asking for privacy too adds nothing and says where its criteria are', () => {
    const result = countRequirements(edition('tsp-2014'), {
      mode: 'criteria-per-principle',
      categories: [...four, 'privacy'],
    })
    expect(result.count).toBe(127)
    expect(result.uncounted).toEqual([
      { category: 'privacy', reason: 'criteria-elsewhere', document: 'GAPP' },
    ])
  })
})

describe('chosen categories', () => {
  test('a category brings the common criteria with it', () => {
    const result = countRequirements(edition('tsc-2017'), { mode: 'criteria', categories: ['availability'] })
    expect(result.count).toBe(36)
  })

  test('a repeated category and the order of asking change nothing', () => {
    const one = countRequirements(edition('tsc-2017'), {
      mode: 'criteria',
      categories: ['privacy', 'security', 'privacy'],
    })
    const other = countRequirements(edition('tsc-2017'), {
      mode: 'criteria',
      categories: ['security', 'privacy'],
    })
    expect(one).toEqual(other)
    expect(one.count).toBe(51)
  })

  test('an unknown category is reported', () => {
    const { count, uncounted } = countRequirements(edition('tsc-2017'), {
      mode: 'criteria',
      categories: ['speed'],
    })
    expect(count).toBe(0)
    expect(uncounted).toEqual([{ category: 'speed', reason: 'unknown-category' }])
  })

  test('a mode without categories says that it ignored them', () => {
    const result = countRequirements(edition('iso27001-2022'), { mode: 'controls', categories: ['security'] })
    expect(result.count).toBe(93)
    expect(result.uncounted).toEqual([{ category: 'security', reason: 'mode-has-no-categories' }])
  })
})

test('a number follows the nodes, not a constant', () => {
  const full = edition('iso27001-2022')
  const less = { ...full, requirements: full.requirements.filter((node) => node.id !== 'A.5.7') }
  expect(countRequirements(less, { mode: 'controls' }).count).toBe(92)
})

test('a mode that the edition does not have is refused', () => {
  expect(() => countRequirements(edition('tsc-2017'), { mode: 'controls' })).toThrow(RangeError)
  expect(() => countRequirements(edition('pci-dss-3.2.1'), { mode: 'requirements' })).toThrow(RangeError)
})
