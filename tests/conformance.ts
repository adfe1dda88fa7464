import { parseArgs } from 'node:util'
import { runFolder } from './conformance/run.ts'

/**
 * Runs vectors written by others: `node tests/conformance.ts --vectors <folder>`. A line per family, then
 * `N passed, N failed`; the exit code is 1 unless every vector passed and there was at least one.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { vectors: { type: 'string' } } })
  if (!values.vectors) {
    console.error('usage: node tests/conformance.ts --vectors <folder>')
    return 2
  }
  const tallies = await runFolder(values.vectors)
  for (const { family, passed, failures } of tallies) {
    for (const { vector, problem } of failures) console.error(`FAILED ${vector}: ${problem}`)
    console.log(`${family}: ${passed} passed, ${failures.length} failed`)
  }
  const passed = tallies.reduce((sum, { passed }) => sum + passed, 0)
  const failed = tallies.reduce((sum, { failures }) => sum + failures.length, 0)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

process.exitCode = await main()
