import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundHome, type Home, makeWorld, type World } from '../../../tests/support/world.ts'
import { answer, execute } from '../../server/execute.ts'
import type { Links } from '../library.ts'
import { adoptEditions } from './commands.ts'
import { getEdition } from './edition-queries.ts'
import { getControl, getLibrary, getReach } from './library-queries.ts'

let world: World
let home: Home

beforeAll(async () => {
  world = await makeWorld('library')
  home = await foundHome(world)
})
afterAll(() => world.close())

const reaching = (key: string, requirement: string) =>
  answer(world.runtime, home.manager, getReach, { key, requirement })

describe('the common controls', () => {
  it('are listed by domain with how much of each edition they reach, and their digest once adopted', async () => {
    await execute(world.runtime, home.system, adoptEditions, {})
    const library = await answer(world.runtime, home.manager, getLibrary, {})
    expect(library.digest).toMatch(/^[0-9a-f]{64}$/)
    const domains = new Set(library.domains.map((one) => one.id))
    expect(library.controls.every((one) => domains.has(one.domain))).toBe(true)
    expect(library.controls.every((one) => one.links.some((link) => link.requirements > 0))).toBe(true)
    expect(library.controls[0]).not.toHaveProperty('practice')
  })

  it('say the same from both ends of a link', async () => {
    const { editions } = await answer(world.runtime, home.manager, getControl, { control: 'MON-01' })
    const pci = editions.find((one) => one.key === 'pci-dss-4.0.1')
    const link = pci?.links.find((one) => one.requirement.id === '10.3.2')
    expect(link).toMatchObject({ relationship: 'superset', rationale: 'semantic' })
    expect(pci?.links.map((one) => one.requirement.id).slice(0, 3)).toEqual(['5.3.4', '10.2.1', '10.2.1.1'])
    const { coverage, reaches } = await reaching('pci-dss-4.0.1', '10.3.2')
    expect(coverage).toBe('full')
    expect(reaches.find((one) => one.control.id === 'MON-01')).toMatchObject({
      why: link?.why,
      through: null,
    })
  })

  it('cover jointly only where a group says so, with the names of those who do', async () => {
    const { coverage, together } = await reaching('tsc-2017', 'CC6.3')
    expect(coverage).toBe('joint')
    expect(together[0]?.controls.map((one) => one.id)).toContain('ACC-08')
    expect((await reaching('pci-dss-4.0.1', '3.3.3')).coverage).toBe('partial')
  })

  it('are counted on each requirement of an edition, and an edition without links says nothing', async () => {
    const { nodes } = await answer(world.runtime, home.manager, getEdition, { key: 'tsc-2017' })
    const node = nodes.find((one) => one.id === 'CC6.2')
    expect(node?.reach?.coverage).toBe('full')
    expect(node?.reach?.controls).toBe((await reaching('tsc-2017', 'CC6.2')).reaches.length)
    expect(nodes.find((one) => one.id === 'CC6')?.reach).toBeUndefined()
    const old = await answer(world.runtime, home.manager, getEdition, { key: 'tsp-2014' })
    expect(old.nodes.some((one) => one.reach)).toBe(false)
    expect(await reaching('tsp-2014', 'CC1.1')).toEqual({ coverage: 'none', reaches: [], together: [] })
  })

  it('are refused by name where there is none', async () => {
    const control = (id: string) => answer(world.runtime, home.manager, getControl, { control: id })
    for (const id of ['ACC-99', 'constructor', '__proto__', "' OR 1=1"]) {
      await expect(control(id)).rejects.toMatchObject({ kind: 'not_found', code: 'edition.control_unknown' })
    }
    await expect(control('x'.repeat(41))).rejects.toMatchObject({ kind: 'invalid' })
    await expect(reaching('tsc-2017', 'A.5.7')).rejects.toMatchObject({ code: 'edition.requirement_unknown' })
    await expect(reaching('tsc-2099', 'CC1.1')).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('get a new digest in the log when a reason changes', async () => {
    await execute(world.runtime, home.system, adoptEditions, {})
    const { library } = world.runtime.catalogue
    const file = library.links.get('tsc-2017')
    if (!file) throw new Error('no links')
    const [first, ...rest] = file.links
    if (!first) throw new Error('no link')
    const changed: Links = {
      ...file,
      links: [{ ...first, why: { en: 'Other.', ja: '別の理由。' } }, ...rest],
    }
    const links = new Map([...library.links, ['tsc-2017', changed] as const])
    const catalogue = { ...world.runtime.catalogue, library: { ...library, links } }
    const adopted = await execute({ ...world.runtime, catalogue }, home.system, adoptEditions, {})
    expect(adopted).toEqual({ adopted: ['common-controls'] })
  })
})
