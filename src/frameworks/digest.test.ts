import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { canonicalEdition } from './digest.ts'
import { loadCatalogue } from './server/load.ts'

const { editions } = loadCatalogue(fileURLToPath(new URL('../../frameworks', import.meta.url)))

/** Sorted keys: enough of RFC 8785 for values without exotic numbers. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join()}}`
}

const edition = editions.get('pci-dss-4.0.1')
if (edition === undefined) throw new Error('no edition')
const text = canonicalEdition(edition, canonical)

test('the order of lines in a file does not change the digest', () => {
  const turned = {
    ...edition,
    requirements: [...edition.requirements].reverse(),
    testingProcedures: [...edition.testingProcedures].reverse(),
  }
  expect(canonicalEdition(turned, canonical)).toBe(text)
})

test.each([
  ['a requirement left out', { requirements: edition.requirements.slice(1) }],
  ['a procedure left out', { testingProcedures: edition.testingProcedures.slice(1) }],
  ['recurring activities left out', { periodic: null }],
  ['a title changed', { locales: { ...edition.locales, ja: edition.locales.en } }],
  ['another count mode', { framework: { ...edition.framework, countModes: ['goals' as const] } }],
])('%s changes the digest', (_, change) => {
  expect(canonicalEdition({ ...edition, ...change }, canonical)).not.toBe(text)
})
