import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadCatalogue } from './server/load.ts'
import { acceptsInitialAudit, editionStatus } from './status.ts'

const { editions } = loadCatalogue(fileURLToPath(new URL('../../frameworks', import.meta.url)))

function statusOf(key: string, day: string) {
  const edition = editions.get(key)
  if (edition === undefined) throw new Error(`no edition ${key}`)
  const successor = editions.get(edition.framework.lifecycle.supersededBy ?? '')
  return editionStatus(edition.framework, successor?.framework, day)
}

test.each([
  ['iso27001-2013', '2013-10-01', 'announced'],
  ['iso27001-2013', '2020-01-01', 'current'],
  ['iso27001-2013', '2022-10-25', 'transitional'],
  ['iso27001-2013', '2025-10-31', 'transitional'],
  ['iso27001-2013', '2025-11-01', 'withdrawn'],
  ['iso27001-2022', '2022-10-24', 'announced'],
  ['iso27001-2022', '2025-11-01', 'current'],
  ['tsp-2014', '2016-01-01', 'current'],
  ['tsp-2014', '2023-01-01', 'superseded'],
  ['pci-dss-3.2.1', '2024-03-31', 'transitional'],
  ['pci-dss-3.2.1', '2024-04-01', 'withdrawn'],
  ['pci-dss-4.0', '2024-06-10', 'current'],
  ['pci-dss-4.0', '2025-01-01', 'withdrawn'],
  ['pci-dss-4.0.1', '2025-01-01', 'current'],
])('%s on %s is %s', (key, day, expected) => {
  expect(statusOf(key, day)).toBe(expected)
})

test.each([
  ['iso27001-2013', '2024-04-30', true],
  ['iso27001-2013', '2024-05-01', false],
  ['iso27001-2022', '2024-05-01', true],
  ['iso27001-2022', '2022-01-01', false],
  ['pci-dss-4.0', '2025-01-01', false],
])('an initial audit against %s on %s: %s', (key, day, expected) => {
  const edition = editions.get(key)
  if (edition === undefined) throw new Error(`no edition ${key}`)
  expect(acceptsInitialAudit(edition.framework, day)).toBe(expected)
})
