// Runs every bench of this directory, one after another, and prints their lines. node bench/all.ts [name ...]
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const directory = fileURLToPath(new URL('.', import.meta.url))
const wanted = process.argv.slice(2)

/** Programs that a bench asks for and that are no part of Assay. */
const tools: Readonly<Record<string, readonly string[]>> = { 'public-page': ['nginx', 'wrk'] }

const missing = (tool: string) => spawnSync(tool, ['-v'], { stdio: 'ignore' }).error !== undefined

const names = readdirSync(directory)
  .filter((name) => name.endsWith('.ts') && name !== 'all.ts')
  .map((name) => name.slice(0, -3))
  .filter((name) => wanted.length === 0 || wanted.includes(name))
const failed: string[] = []
for (const name of names) {
  console.log(`\nbench/${name}.ts`)
  const absent = (tools[name] ?? []).filter(missing)
  if (absent.length > 0) {
    console.log(`not run: ${absent.join(' and ')} must be installed to measure this`)
    continue
  }
  const { status } = spawnSync(process.execPath, [`${directory}${name}.ts`], { stdio: 'inherit' })
  if (status !== 0) failed.push(name)
}
if (failed.length > 0) {
  console.error(`\nfailed: ${failed.join(', ')}`)
  process.exitCode = 1
}
