import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { checkEdition } from './check.ts'
import { type Edition, localeSections } from './edition.ts'
import { frameworksJsonSchema } from './json-schema.ts'
import { checkMapping, origins } from './mapping.ts'
import { checkScheme, rulesInForce } from './scheme.ts'
import { loadCatalogue } from './server/load.ts'

const root = fileURLToPath(new URL('../../frameworks', import.meta.url))
const { editions, schemes, mappings } = loadCatalogue(root)
const all = [...editions.values()]

function edition(key: string): Edition {
  const found = editions.get(key)
  if (found === undefined) throw new Error(`no edition ${key}`)
  return found
}

const labels = (one: Edition, language: 'en' | 'ja') =>
  localeSections.flatMap((section) =>
    Object.entries(one.locales[language][section]).map(([key, text]) => ({ key: `${section}.${key}`, text })),
  )

/** English titles that may exceed eight words, each with its reason. None is needed so far. */
const longTitles: Record<string, string> = {}

describe.each(all.map((one) => [one.key, one] as const))('%s', (_, one) => {
  test('titles stay short: ids and paraphrases are shipped, never the text of the standard', () => {
    const long = labels(one, 'en').filter(
      ({ key, text }) => text.split(/\s+/).length > 8 && longTitles[`${one.key}.${key}`] === undefined,
    )
    expect(long).toEqual([])
    expect(labels(one, 'ja').filter(({ text }) => text.length > 40)).toEqual([])
  })

  test('every Japanese title is Japanese', () => {
    const english = new Map(labels(one, 'en').map(({ key, text }) => [key, text]))
    const untranslated = labels(one, 'ja').filter(
      ({ key, text }) =>
        !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text) || english.get(key) === text,
    )
    expect(untranslated).toEqual([])
  })

  test('the data are sound', () => {
    expect(checkEdition(one)).toEqual([])
  })
})

describe('faults that a schema cannot see', () => {
  const good = edition('iso27001-2022')
  const [first, second, ...rest] = good.requirements
  if (first === undefined || second === undefined) throw new Error('edition has no nodes')
  const messages = (broken: Edition) => checkEdition(broken).map((problem) => problem.message)

  test('a parent that does not exist', () => {
    const broken = { ...good, requirements: [{ ...first, parent: 'nowhere' }, second, ...rest] }
    expect(messages(broken)).toContain('parent nowhere does not exist')
  })

  test('a cycle of parents', () => {
    const broken = {
      ...good,
      requirements: [{ ...first, parent: second.id }, { ...second, parent: first.id }, ...rest],
    }
    expect(messages(broken)).toContain('parents form a cycle')
  })

  test('an id used twice', () => {
    expect(messages({ ...good, requirements: [first, ...good.requirements] })).toContain('id is used twice')
  })

  test('a missing title and a title of nothing', () => {
    const { [first.id]: _, ...titles } = good.locales.ja.titles
    const ja = { ...good.locales.ja, titles: { ...titles, 'A.99': '余分' } }
    const paths = checkEdition({ ...good, locales: { ...good.locales, ja } }).map((problem) => problem.path)
    expect(paths).toEqual([`locales/ja.json: titles.${first.id}`, 'locales/ja.json: titles.A.99'])
  })
})

describe('succession from 2013 to 2022', () => {
  test('the published split: 11 new, 24 merged and 58 updated controls', () => {
    const [mapping] = mappings
    if (mapping === undefined) throw new Error('no mapping')
    const controls = origins(mapping, edition('iso27001-2022')).filter(({ id }) => id.startsWith('A.'))
    const count = (origin: string) => controls.filter((one) => one.origin === origin).length
    expect([count('new'), count('merged'), count('updated')]).toEqual([11, 24, 58])
    const moved = new Set(mapping.pairs.filter((pair) => pair.from.startsWith('A.')).map((pair) => pair.from))
    expect(moved.size).toBe(114)
  })

  test('a source left out and a target out of nowhere are faults', () => {
    const [mapping] = mappings
    if (mapping === undefined) throw new Error('no mapping')
    const broken = { ...mapping, pairs: mapping.pairs.slice(1), newInTarget: mapping.newInTarget.slice(1) }
    const messages = checkMapping(broken, edition('iso27001-2013'), edition('iso27001-2022')).map(
      (one) => one.message,
    )
    expect(messages).toContain(`${mapping.pairs[0]?.from} of iso27001-2013 is not mapped`)
    expect(messages).toContain(`${mapping.newInTarget[0]} has no source and is not declared new`)
  })
})

describe('certificate schemes', () => {
  test('every rule in force names its source', () => {
    for (const scheme of schemes.values()) {
      for (const rule of rulesInForce(scheme))
        expect(scheme.sources, `${scheme.key} ${rule}`).toHaveProperty([rule])
    }
    const iso = schemes.get('iso27001')
    if (iso === undefined) throw new Error('no scheme')
    const unsourced = checkScheme({ ...iso, sources: {} }).map((problem) => problem.path)
    expect(unsourced).toContain('sources.cycle.restorableMonths')
  })

  test('names exist in both languages', () => {
    for (const { key, name } of schemes.values()) {
      expect(name.ja, key).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u)
      expect(name.en.split(' ').length, key).toBeLessThanOrEqual(8)
    }
  })

  test('a window that closes before it opens, and a step past the end, are faults', () => {
    const mark = schemes.get('privacymark')
    if (mark === undefined) throw new Error('no scheme')
    const reversed = { ...mark.cycle, renewalWindow: { opensMonthsBefore: 4, closesMonthsBefore: 8 } }
    expect(checkScheme({ ...mark, cycle: reversed }).map((one) => one.path)).toEqual(['cycle.renewalWindow'])
    expect(checkScheme({ ...mark, validityMonths: 12 }).length).toBeGreaterThan(0)
  })
})

describe('schema.json', () => {
  test('is what the program itself checks', async () => {
    const text = `${JSON.stringify(frameworksJsonSchema(), null, 2)}\n`
    await expect(text).toMatchFileSnapshot('../../frameworks/schema.json')
  })

  test('accepts a file of each kind and refuses a wrong one', () => {
    const schema = JSON.parse(readFileSync(`${root}/schema.json`, 'utf8'))
    const accepts = (name: string, value: unknown) =>
      z.fromJSONSchema({ $schema: schema.$schema, ...schema.$defs[name] }).safeParse(value).success
    const iso = edition('iso27001-2022')
    const pci = edition('pci-dss-4.0.1')
    expect(accepts('framework', iso.framework)).toBe(true)
    expect(accepts('requirements', iso.requirements)).toBe(true)
    expect(accepts('locale', iso.locales.ja)).toBe(true)
    expect(accepts('testingProcedures', pci.testingProcedures)).toBe(true)
    expect(accepts('periodicActivities', pci.periodic)).toBe(true)
    expect(accepts('mapping', mappings[0])).toBe(true)
    for (const scheme of schemes.values()) expect(accepts('scheme', scheme), scheme.key).toBe(true)
    expect(accepts('framework', { ...iso.framework, family: 'unknown' })).toBe(false)
    expect(
      accepts('requirements', [{ id: '1', parent: null, kind: 'control', title: 'no titles here' }]),
    ).toBe(false)
  })
})

test('recurring duties of PCI DSS keep the periods of its timeframe table', () => {
  const { periodic } = edition('pci-dss-4.0.1')
  const gap = new Map(periodic?.frequencies.map((frequency) => [frequency.key, frequency.maxGapDays]))
  expect([gap.get('daily'), gap.get('weekly'), gap.get('3-months'), gap.get('12-months')]).toEqual([
    1, 7, 92, 366,
  ])
  expect(periodic?.activities.find((activity) => activity.id === '11.3.2')?.frequency).toBe('3-months')
  expect(periodic?.retention.find((rule) => rule.key === 'audit-logs')).toMatchObject({
    retainMonths: 12,
    onlineMonths: 3,
  })
})
