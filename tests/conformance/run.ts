import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { c2spFamily } from './c2sp.ts'
import { type Family, type Outcome, run } from './family.ts'
import { jcsFamily } from './jcs.ts'
import { merkleFamilies } from './merkle.ts'
import { rfc3161Family } from './rfc3161.ts'

const FAMILIES: readonly Family[] = [...merkleFamilies, jcsFamily, c2spFamily, rfc3161Family]

export type Tally = {
  readonly family: string
  readonly passed: number
  readonly failures: readonly Outcome[]
}

const list = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : [])

const tally = (family: string, outcomes: readonly Outcome[]): Tally => {
  const failures = outcomes.filter(({ problem }) => problem !== '')
  return { family, passed: outcomes.length - failures.length, failures }
}

async function runFamily(family: Family, root: string): Promise<Tally> {
  const outcomes: Outcome[] = []
  for (const vector of family.vectors(join(root, family.folder))) outcomes.push(await run(vector))
  if (outcomes.length === 0) outcomes.push({ vector: family.folder, problem: 'no vectors in this family' })
  return tally(family.folder, outcomes)
}

/** What lies in the folder that no family covers: a vector nobody runs must not look like one that passed. */
function strangers(root: string): string[] {
  const known = new Set(FAMILIES.map(({ folder }) => folder))
  const parents = new Set(FAMILIES.map(({ folder }) => folder.split('/')[0] ?? ''))
  return list(root).flatMap((name) => {
    if (known.has(name)) return []
    if (parents.has(name))
      return list(join(root, name))
        .map((part) => `${name}/${part}`)
        .filter((path) => !known.has(path))
    return statSync(join(root, name)).isDirectory() || !name.endsWith('.md') ? [name] : []
  })
}

/** Runs every family that has a folder in `root`; what has no runner counts as failed. */
export async function runFolder(root: string): Promise<Tally[]> {
  const tallies: Tally[] = []
  for (const family of FAMILIES) {
    if (existsSync(join(root, family.folder))) tallies.push(await runFamily(family, root))
  }
  for (const path of strangers(root))
    tallies.push(tally(path, [{ vector: path, problem: 'no runner for this' }]))
  if (tallies.length === 0) tallies.push(tally('vectors', [{ vector: root, problem: 'no vectors found' }]))
  return tallies
}
