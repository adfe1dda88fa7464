import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadCatalogue } from './load.ts'

const shipped = fileURLToPath(new URL('../../../frameworks', import.meta.url))
let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-frameworks-'))
  cpSync(shipped, root, { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function edit(file: string, change: (text: string) => string) {
  const path = join(root, file)
  writeFileSync(path, change(readFileSync(path, 'utf8')))
}

test('the shipped folder loads', () => {
  const { editions, schemes, mappings } = loadCatalogue(root)
  expect([...editions.keys()]).toEqual([
    'iso27001-2013',
    'iso27001-2022',
    'pci-dss-3.2.1',
    'pci-dss-4.0',
    'pci-dss-4.0.1',
    'tsc-2017',
    'tsp-2014',
  ])
  expect(schemes.get('soc2')?.use.distribution).toBe('nda')
  expect(mappings.map(({ from, to }) => `${from} ${to}`)).toEqual([
    'iso27001-2013 iso27001-2022',
    'pci-dss-4.0 pci-dss-4.0.1',
  ])
})

test('what is loaded cannot be changed', () => {
  const edition = loadCatalogue(root).editions.get('tsc-2017')
  expect(() => Object.assign(edition?.requirements[0] ?? {}, { id: 'other' })).toThrow(TypeError)
  expect(() => Object.assign(edition?.locales.ja.titles ?? {}, { CC: 'other' })).toThrow(TypeError)
})

test.each([
  [
    'tsc-2017/framework.json',
    (text: string) => text.replace('"tsc"', '"other"'),
    /tsc-2017\/framework\.json: family/,
  ],
  ['tsc-2017/requirements.json', (text: string) => text.slice(0, -5), /tsc-2017\/requirements\.json: /],
  [
    'tsc-2017/requirements.json',
    (text: string) => text.replace('"parent": "CC1"', '"parent": "CC77"'),
    /tsc-2017\/requirements\.json: CC1\.1: parent CC77 does not exist/,
  ],
  [
    'tsc-2017/locales/ja.json',
    (text: string) => text.replace('"CC1.1"', '"CC1.9"'),
    /tsc-2017\/locales\/ja\.json: titles\.CC1\.1: title is missing/,
  ],
  [
    'tsp-2014/framework.json',
    (text: string) => text.replace('"supersededBy": "tsc-2017"', '"supersededBy": null'),
    /lifecycle: tsp-2014 does not say/,
  ],
  [
    'schemes/soc2.json',
    (text: string) => text.replace('"tsc-2017"', '"tsc-2099"'),
    /soc2\.json: editions: tsc-2099/,
  ],
  ['schemes/soc2.json', (text: string) => text.replace('"soc2"', '"soc9"'), /soc2\.json: key/],
  [
    'mappings/iso27001-2013--iso27001-2022.json',
    (text: string) => text.replace('"A.5.1.2"', '"A.5.1.9"'),
    /A\.5\.1\.9 is no requirement of iso27001-2013/,
  ],
  [
    'common-controls/library.json',
    (text: string) => text.replace('"domain": "ACC"', '"domain": "XYZ"'),
    /common-controls\/library\.json: controls: ACC-01: domain XYZ is not declared/,
  ],
  [
    'common-controls/library.json',
    (text: string) => text.replace('"id": "common-controls"', '"id": "other-controls"'),
    /common-controls\/library\.json: id: is other-controls/,
  ],
  [
    'common-controls/links/tsc-2017.json',
    (text: string) => text.replace('"CC1.1"', '"CC1.99"'),
    /links\/tsc-2017\.json in 1\.1\.0: links\[0\]: CC1\.99 does not exist in tsc-2017/,
  ],
  [
    'common-controls/links/tsc-2017.json',
    (text: string) => text.replace('"subset"', '"covers"'),
    /links\/tsc-2017\.json: links\.0\.relationship/,
  ],
])('a fault in %s stops the start and names file and field', (file, change, message) => {
  edit(file, change)
  expect(() => loadCatalogue(root)).toThrow(message)
})

test('links to an edition that does not exist stop the start', () => {
  const folder = join(root, 'common-controls/links')
  cpSync(join(folder, 'tsc-2017.json'), join(folder, 'tsc-2099.json'))
  expect(() => loadCatalogue(root)).toThrow(/links\/tsc-2099\.json: is named for an edition/)
})

test('the common controls cannot be changed, nor their links', () => {
  const { controls, links } = loadCatalogue(root).library
  expect(() => Object.assign(controls.get('ACC-01')?.title ?? {}, { en: 'other' })).toThrow(TypeError)
  expect(() => Object.assign(links.get('tsc-2017')?.links[0] ?? {}, { control: 'x' })).toThrow(TypeError)
})

test.each(['tsc-2017/locales/en.json', 'common-controls/library.json'])(
  '%s is named when missing',
  (file) => {
    rmSync(join(root, file))
    expect(() => loadCatalogue(root)).toThrow(file)
  },
)
