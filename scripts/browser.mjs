import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { program, root } from './prepare.mjs'

const cache = join(root, 'node_modules', '.cache', 'assay')
const note = join(cache, 'chromium')

/**
 * Finds a Chromium for the tests in the browser, or gets one; returns its path or undefined. The path is noted in
 * node_modules/.cache/assay/chromium for later runs.
 */
export function findBrowser() {
  const found = candidates().find(works) ?? fromSystemPackages() ?? fromNpmPackage()
  if (found) keep(found)
  return found
}

function candidates() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const directories = (process.env.PATH ?? '').split(delimiter)
  const onPath = names.flatMap((name) => directories.map((directory) => join(directory, name)))
  return [process.env.CHROMIUM_PATH, ...onPath, noted()].filter(Boolean)
}

function noted() {
  try {
    return readFileSync(note, 'utf8').trim()
  } catch {
    return undefined
  }
}

function works(path) {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 })
  return status === 0 && /Chrom/.test(stdout)
}

function fromSystemPackages() {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return undefined
  console.log('Installing Chromium with apt-get for the tests in the browser (once)')
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...options) =>
    spawnSync('apt-get', ['-q', '-y', ...options], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: environment,
    }).status
  if (apt('update') !== 0 || apt('install', '--no-install-recommends', 'chromium') !== 0) return undefined
  return candidates().find(works)
}

/** Unpacks the Chromium that came as a package of npm. Its own libraries are used only where the system lacks them. */
function fromNpmPackage() {
  const bin = program('@sparticuz/chromium', 'bin')
  try {
    const at = workDirectory()
    console.log(`Unpacking Chromium into ${at}`)
    const unpacked = (name) => brotliDecompressSync(readFileSync(join(bin, name)))
    for (const name of ['al2023', 'swiftshader']) {
      execFileSync('tar', ['-x', '-C', at], { input: unpacked(`${name}.tar.br`) })
    }
    const browser = join(at, 'browser')
    writeFileSync(`${browser}.part`, unpacked('chromium.br'))
    chmodSync(`${browser}.part`, 0o755)
    renameSync(`${browser}.part`, browser)
    if (works(browser)) return browser
    const wrapper = join(at, 'browser-with-libraries')
    writeFileSync(wrapper, `#!/bin/sh\nd=$(dirname "$0")\nLD_LIBRARY_PATH="$d/lib" exec "$d/browser" "$@"\n`)
    chmodSync(wrapper, 0o755)
    return works(wrapper) ? wrapper : undefined
  } catch (error) {
    console.error(error.message)
    return undefined
  }
}

function workDirectory() {
  try {
    const at = join(cache, 'chromium-unpacked')
    rmSync(at, { recursive: true, force: true })
    mkdirSync(at, { recursive: true })
    return at
  } catch {
    return mkdtempSync(join(tmpdir(), 'assay-chromium-'))
  }
}

function keep(path) {
  try {
    mkdirSync(cache, { recursive: true })
    writeFileSync(note, `${path}\n`)
  } catch {
    // A read-only installation searches anew each time.
  }
}
