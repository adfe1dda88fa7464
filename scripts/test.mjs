import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { findBrowser } from './browser.mjs'
import { buildWeb, install, pinnedNode, program, root, run } from './prepare.mjs'

// npm test: everything that must hold, in order of cost; goes on after a failure so that one run shows all of them.
// npm test -- server: only the tests of the named vitest projects.
const only = process.argv.slice(2)
process.chdir(root)
install({ development: true })
const node = pinnedNode()
const projects = only.length > 0 ? only : ['core', 'server', 'e2e']
const needsBrowser = projects.includes('e2e')
const browser = needsBrowser ? findBrowser() : undefined
const reports = mkdtempSync(join(tmpdir(), 'assay-reports-'))
const sum = { passed: 0, failed: 0, skipped: 0 }
const failures = []

const heading = (text) => console.log(`\n== ${text} ==`)

function check(title, code) {
  sum[code === 0 ? 'passed' : 'failed']++
  console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${title}`)
  if (code !== 0) failures.push(title)
}

function tool(title, name, path, ...options) {
  heading(title)
  check(title, run(node, [program(name, path), ...options]))
}

/** A line for the end of a long output: which test, and the beginning of what it said. */
function failure(file, test, message = '') {
  const said = stripVTControlCharacters(message).trim().replace(/\s+/g, ' ').slice(0, 300)
  return `${relative(root, file)} > ${test}: ${said}`
}

/** Counts from vitest's own report; a run that ends badly without a failed test (a broken setup) counts as one failure. */
function vitest(project) {
  heading(`tests: ${project}`)
  const file = join(reports, `${project}.json`)
  const options = ['run', '--project', project, '--reporter=dot', '--reporter=json']
  const environment = browser ? { CHROMIUM_PATH: browser } : {}
  const code = run(
    node,
    [program('vitest', 'vitest.mjs'), ...options, `--outputFile.json=${file}`],
    environment,
  )
  let report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    report = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }
  }
  const files = report.testResults ?? []
  const brokenFiles = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  for (const file of files)
    for (const test of file.assertionResults)
      if (test.status === 'failed') failures.push(failure(file.name, test.fullName, test.failureMessages[0]))
  for (const file of brokenFiles) failures.push(failure(file.name, 'does not run', file.message))
  const failed = report.numFailedTests + brokenFiles.length
  if (code !== 0 && failed === 0) failures.push(`${project}: ended with ${code}, no test failed`)
  sum.passed += report.numPassedTests
  sum.failed += code !== 0 && failed === 0 ? 1 : failed
  sum.skipped += report.numPendingTests + report.numTodoTests
}

if (only.length === 0) {
  for (const part of ['core', 'server', 'web'])
    tool(`types: ${part}`, 'typescript', 'bin/tsc', '-p', `tsconfig.${part}.json`)
  tool('lint: biome', '@biomejs/biome', 'bin/biome', 'check', '.')
  tool('lint: knip', 'knip', 'bin/knip.js')
}
if (needsBrowser) {
  heading('build: web')
  check('build: web', buildWeb(node))
  if (!browser) {
    heading('browser')
    check('a Chromium for the tests in the browser (set CHROMIUM_PATH)', 1)
  }
}
for (const project of projects) vitest(project)

rmSync(reports, { recursive: true, force: true })
const { passed, failed, skipped } = sum
if (failures.length > 0) console.log('')
for (const line of failures) console.log(`FAILED: ${line}`)
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)
