import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { canonicalEdition, canonicalLibrary } from './digest.ts'
import type { Library, LibraryControl, Link } from './library.ts'
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

describe('the common controls', () => {
  const both = { en: 'a', ja: 'あ' }
  const control = (id: string): LibraryControl => ({
    ...{ id, domain: 'ACC', title: both, objective: both, practice: both, evidence: [both] },
    ...{ frequency: 'daily', nature: 'detective', automation: 'manual' },
    protects: { properties: [], kinds: [] },
  })
  const link = (requirements: string[]): Link => ({
    ...{ control: 'ACC-01', requirements, relationship: 'subset', rationale: 'semantic', why: both },
  })
  const controls = [control('ACC-01'), control('ACC-02')]
  const library = (
    links: Link[],
    group = ['ACC-01', 'ACC-02'],
    listed: LibraryControl[] = controls,
  ): Library => ({
    ...{ id: 'common-controls', version: '1.0.0', licence: 'Apache-2.0', domains: [] },
    past: new Map(),
    controls: new Map(listed.map((one) => [one.id, one])),
    links: new Map([
      [
        'tsc-2017',
        {
          ...{ source: 'common-controls', target: 'tsc-2017', links },
          together: [{ requirement: 'CC1.1', controls: group, why: both }],
        },
      ],
    ]),
  })
  const digested = (one: Library) => canonicalLibrary(one, canonical)
  const before = digested(library([link(['CC1.1', 'CC1.2'])]))

  test('how a file is laid out does not change the digest', () => {
    const split = library([link(['CC1.2']), link(['CC1.1'])], ['ACC-02', 'ACC-01'], [...controls].reverse())
    expect(digested(split)).toBe(before)
  })

  test.each([
    ['a link left out', library([link(['CC1.1'])])],
    ['another relationship', library([{ ...link(['CC1.1', 'CC1.2']), relationship: 'superset' as const }])],
    ['another reason', library([{ ...link(['CC1.1', 'CC1.2']), why: { en: 'b', ja: 'い' } }])],
    ['another group', library([link(['CC1.1', 'CC1.2'])], ['ACC-01', 'ACC-03'])],
    ['a control left out', library([link(['CC1.1', 'CC1.2'])], undefined, controls.slice(1))],
  ])('%s changes the digest', (_, changed) => {
    expect(digested(changed)).not.toBe(before)
  })
})
