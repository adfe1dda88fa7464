import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Edition } from './edition.ts'
import {
  asOfVersion,
  type LibraryFile,
  type Link,
  type Links,
  librarySchema,
  linksAt,
  linksSchema,
} from './library.ts'
import { checkLibrary, checkLinks } from './library-check.ts'
import { checkCoverage, reachOf } from './library-reach.ts'
import { loadCatalogue } from './server/load.ts'

const { editions, library } = loadCatalogue(fileURLToPath(new URL('../../frameworks', import.meta.url)))

const said = (problems: readonly { path: string; message: string }[]) =>
  problems.map(({ path, message }) => `${path}: ${message}`)

function edition(key: string): Edition {
  const found = editions.get(key)
  if (found === undefined) throw new Error(`no edition ${key}`)
  return found
}

const pci = edition('pci-dss-4.0.1')
const both = (en: string) => ({ en, ja: `${en}の` })
const control = (id: string): LibraryFile['controls'][number] => ({
  ...{ id, domain: 'ACC', title: both(id), objective: both('why'), practice: both('what') },
  ...{ evidence: [both('record')], frequency: 'monthly', nature: 'preventive', automation: 'either' },
  protects: { properties: [], kinds: [] },
})
const small: LibraryFile = {
  ...{ id: 'common-controls', version: '1.0.0', before: [], licence: 'Apache-2.0' },
  domains: [{ id: 'ACC', title: both('Access') }],
  controls: [control('ACC-01'), control('ACC-02'), control('ACC-03')],
}
const link = (
  id: string,
  requirements: string[],
  relationship: Link['relationship'] = 'intersects',
): Link => ({
  ...{ control: id, requirements, relationship, rationale: 'semantic', why: both('because') },
})
const file = (links: Link[], together: Links['together'] = []): Links => ({
  ...{ source: 'common-controls', target: 'pci-dss-4.0.1', links, together },
})
const faults = (one: Links) => said(checkLinks(one, small, pci))
const group = (requirement: string, controls: string[]) => ({ requirement, controls, why: both('jointly') })

describe('the shipped library', () => {
  test('reaches all that it promises, and has no control linked to nothing', () => {
    expect(said(checkCoverage(library, editions))).toEqual([])
  })

  test('titles stay short, as those of the editions do', () => {
    const titles = [...library.domains, ...library.controls.values()].map((one) => one.title)
    expect(titles.filter(({ en }) => en.split(/\s+/).length > 8)).toEqual([])
    expect(titles.filter(({ ja }) => ja.length > 40)).toEqual([])
  })

  test('every text is there in Japanese', () => {
    const texts = [
      ...library.domains.map((one) => one.title),
      ...[...library.controls.values()].flatMap((one) => [
        ...[one.title, one.objective, one.practice],
        ...one.evidence,
      ]),
      ...[...library.links.values()].flatMap((one) => [...one.links, ...one.together].map(({ why }) => why)),
    ]
    const kana = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u
    expect(texts.filter(({ en, ja }) => !kana.test(ja) || kana.test(en))).toEqual([])
  })

  test('a reason belongs to its pair: no two controls give the same one within an edition', () => {
    for (const { target, links, together } of library.links.values()) {
      for (const language of ['en', 'ja'] as const) {
        const reasons = [...links, ...together].map(({ why }) => why[language])
        const again = reasons.filter((why, at) => reasons.indexOf(why) !== at)
        expect(again, `${target} ${language}`).toEqual([])
      }
    }
  })
})

describe('faults of the controls', () => {
  test('a sound library has none', () => expect(checkLibrary(small)).toEqual([]))

  test.each<[string, Partial<LibraryFile>, string]>([
    [
      'an id used twice',
      { controls: [...small.controls, control('ACC-01')] },
      'controls: ACC-01: id is used twice',
    ],
    [
      'a domain used twice',
      { domains: [...small.domains, ...small.domains] },
      'domains: ACC: id is used twice',
    ],
    [
      'a domain not declared',
      { controls: [{ ...control('ACC-01'), domain: 'NET' }, control('ACC-02')] },
      'controls: ACC-01: domain NET is not declared',
    ],
    [
      'a domain of nothing',
      { domains: [...small.domains, { id: 'NET', title: both('Net') }] },
      'domains: NET: has no control',
    ],
  ])('%s', (_, change, message) => {
    expect(said(checkLibrary({ ...small, ...change }))).toEqual([message])
  })

  test.each<[string, Record<string, unknown>]>([
    ['an unknown field', { owner: 'x' }],
    ['an id of another form', { id: 'acc-1' }],
    ['a text in one language', { objective: { en: 'only' } }],
    ['a text of blanks', { objective: { en: ' ', ja: ' ' } }],
    ['a text without end', { practice: both('x'.repeat(1300)) }],
    ['no evidence', { evidence: [] }],
    ['a frequency nobody knows', { frequency: 'now and then' }],
  ])('%s is refused by the schema', (_, change) => {
    expect(librarySchema.safeParse(small).success).toBe(true)
    const controls = [{ ...control('ACC-01'), ...change }]
    expect(librarySchema.safeParse({ ...small, controls }).success).toBe(false)
  })
})

describe('faults of the links', () => {
  test('sound links have none', () => {
    const links = [link('ACC-01', ['8.2.1', '8.2']), link('ACC-02', ['8.2.1'], 'subset')]
    expect(faults(file(links, [group('8.2.1', ['ACC-01', 'ACC-02'])]))).toEqual([])
    expect(linksSchema.safeParse(file(links)).success).toBe(true)
  })

  test.each<[string, Links, string[]]>([
    [
      'a requirement that does not exist',
      file([link('ACC-01', ['8.99.1'])]),
      ['links[0]: 8.99.1 does not exist in pci-dss-4.0.1'],
    ],
    [
      'a heading',
      file([link('ACC-01', ['8'])]),
      ['links[0]: 8 is a heading of pci-dss-4.0.1: link what is below it'],
    ],
    [
      'the name of something every object has',
      file([link('ACC-01', ['constructor'])]),
      ['links[0]: constructor does not exist in pci-dss-4.0.1'],
    ],
    [
      'a control that does not exist',
      file([link('ACC-09', ['8.2.1'])]),
      ['links[0]: control ACC-09 does not exist'],
    ],
    [
      'a pair in two links',
      file([link('ACC-01', ['8.2.1']), link('ACC-01', ['8.2.2', '8.2.1'], 'subset')]),
      ['links[1]: ACC-01 is linked to 8.2.1 twice'],
    ],
    [
      'a pair twice in one link',
      file([link('ACC-01', ['8.2.1', '8.2.1'])]),
      ['links[0]: ACC-01 is linked to 8.2.1 twice'],
    ],
    [
      'a link below a full link to the section',
      file([link('ACC-01', ['8.2'], 'superset'), link('ACC-01', ['8.2.1'])]),
      ['links[1]: ACC-01 is linked to 8.2.1, which its full link to 8.2 covers'],
    ],
    [
      'a group that names a control without a link',
      file([link('ACC-01', ['8.2.1']), link('ACC-02', ['8.2.2'])], [group('8.2.1', ['ACC-01', 'ACC-02'])]),
      ['together[0]: ACC-02 has no link to 8.2.1'],
    ],
    [
      'a group with a control that is enough alone',
      file(
        [link('ACC-01', ['8.2.1'], 'equal'), link('ACC-02', ['8.2.1'])],
        [group('8.2.1', ['ACC-01', 'ACC-02'])],
      ),
      ['together[0]: ACC-01 covers 8.2.1 alone, so a group says nothing'],
    ],
    [
      'a group of one control named twice',
      file([link('ACC-01', ['8.2.1'])], [group('8.2.1', ['ACC-01', 'ACC-01'])]),
      ['together[0]: ACC-01 is named twice for 8.2.1'],
    ],
    [
      'a group of unknown names',
      file([link('ACC-01', ['8.2.1'])], [group('8.2.0', ['ACC-01', 'ACC-09'])]),
      [
        'together[0]: 8.2.0 does not exist in pci-dss-4.0.1',
        'together[0]: control ACC-09 does not exist',
        'together[0]: ACC-01 has no link to 8.2.0',
        'together[0]: ACC-09 has no link to 8.2.0',
      ],
    ],
    [
      'another library and another edition',
      { ...file([link('ACC-01', ['8.2.1'])]), source: 'mine', target: 'tsc-2017' },
      [
        'source: is mine, the library is common-controls',
        'target: is tsc-2017, the file is named pci-dss-4.0.1',
      ],
    ],
  ])('%s', (_, broken, messages) => {
    expect(faults(broken)).toEqual(messages)
  })

  test('the same group twice, in whatever order', () => {
    const links = [link('ACC-01', ['8.2.1']), link('ACC-02', ['8.2.1'])]
    const groups = [group('8.2.1', ['ACC-01', 'ACC-02']), group('8.2.1', ['ACC-02', 'ACC-01'])]
    expect(faults(file(links, groups))).toEqual([
      'together[1]: the same controls are grouped for 8.2.1 twice',
    ])
  })
})

describe('what reaches a requirement', () => {
  const reached = (one: Links, id: string) => reachOf(one, pci).get(id)

  test('a full link to a section covers what is below it; a partial one, or one to a requirement, does not flow down', () => {
    const links = file([link('ACC-01', ['8.3'], 'superset'), link('ACC-02', ['8.3'], 'subset')])
    expect(reached(links, '8.3')?.reaches.map((one) => one.control)).toEqual(['ACC-01', 'ACC-02'])
    expect(reached(links, '8.3.10.1')).toMatchObject({
      coverage: 'full',
      reaches: [{ control: 'ACC-01', through: '8.3' }],
    })
    expect(reached(file([link('ACC-01', ['8.3.10'], 'superset')]), '8.3.10.1')?.coverage).toBe('none')
    expect(reached(links, '8.4.1')).toEqual({ coverage: 'none', reaches: [], together: [] })
  })

  test('partial links never add up unless a group says so', () => {
    const parts = [link('ACC-01', ['8.2.1']), link('ACC-02', ['8.2.1'], 'subset')]
    expect(reached(file(parts), '8.2.1')?.coverage).toBe('partial')
    expect(reached(file(parts, [group('8.2.1', ['ACC-01', 'ACC-02'])]), '8.2.1')?.coverage).toBe('joint')
  })
})

test('what the library promises and does not keep is named', () => {
  const controls = new Map(small.controls.map((one) => [one.id, one]))
  const links = new Map([['pci-dss-4.0.1', file([link('ACC-01', ['8.2.1']), link('ACC-02', ['8.4'])])]])
  const gaps = said(checkCoverage({ ...small, controls, links, past: new Map() }, editions))
  expect(gaps).toContain('links/tsc-2017.json: is missing')
  expect(gaps).toContain('links/pci-dss-4.0.1.json: no control reaches 8.3')
  expect(gaps).not.toContain('links/pci-dss-4.0.1.json: no control reaches 8.2')
  expect(gaps).not.toContain('links/pci-dss-4.0.1.json: no control reaches A2.1')
  expect(gaps).toContain('library.json: ACC-03 is linked to nothing')
})

describe('the links of versions', () => {
  const dated: Links = {
    ...{ source: 'common-controls', target: 'pci-dss-4.0.1' },
    links: [
      link('ACC-01', ['8.2.1']),
      { ...link('ACC-01', ['8.2.2'], 'subset'), until: '1.10.0' },
      { ...link('ACC-01', ['8.2.2'], 'superset'), since: '1.10.0' },
      { ...link('ACC-02', ['8.2.1']), since: '1.9.0', until: '1.10.0' },
    ],
    together: [{ ...group('8.2.1', ['ACC-01', 'ACC-02']), since: '1.9.0', until: '1.10.0' }],
  }
  const told = (version: string) => {
    const { links, together } = asOfVersion(dated, version)
    const named = links.map((one) => `${one.control} ${one.relationship} ${one.requirements.join()}`)
    return [...named, ...together.map((one) => `together ${one.requirement}`)]
  }

  test('hold from the version in which they begin, by number and not by letter, to the one in which they end', () => {
    expect(told('1.2.0')).toEqual(['ACC-01 intersects 8.2.1', 'ACC-01 subset 8.2.2'])
    expect(told('1.9.0')).toEqual([
      'ACC-01 intersects 8.2.1',
      'ACC-01 subset 8.2.2',
      'ACC-02 intersects 8.2.1',
      'together 8.2.1',
    ])
    expect(told('1.10.0')).toEqual(['ACC-01 intersects 8.2.1', 'ACC-01 superset 8.2.2'])
    expect(JSON.stringify(asOfVersion(dated, '1.9.0'))).not.toMatch(/since|until/)
  })

  test('are told of every version that the library names, and of no other', () => {
    const told = library
    expect([...told.past.keys()]).toEqual(['1.1.0'])
    expect(library.version).toBe('1.2.0')
    for (const links of library.past.values()) expect([...links.keys()]).toEqual([...library.links.keys()])
    expect(linksAt(library, '1.1.0')).toBe(library.past.get('1.1.0'))
    expect(linksAt(library, '1.2.0')).toBe(library.links)
    expect(linksAt(library, '99.0.0')).toBe(library.links)
  })
})
