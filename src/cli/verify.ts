import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { type Bundle, readBundle } from '../log/bundle.ts'
import { type VerifyOptions, verifyBundle } from '../log/verify.ts'
import { verdictLines } from '../log/verify-text.ts'
import { maxZipBytes } from '../log/zip.ts'
import { type CliCommand, type Shell, UsageError } from './command.ts'
import { pinsPath, readPins, writePin } from './pins.ts'
import { fetchBundle, fetchKeys, remoteConsistency } from './remote.ts'

type Found = { bundle: Uint8Array; page: { name: string; bytes: Uint8Array } | null; base: string | null }

async function readLocal(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new UsageError(`${path} is not a file`)
  if (found.size > maxZipBytes) throw new UsageError(`${path} is larger than any bundle may be`)
  return readFile(path)
}

/** Where the proof of a page lies: `<page>.grcproof`, and for a page that is a folder `page.grcproof` in it. */
function besides({ origin, pathname }: URL): string[] {
  const inside = `${origin}${pathname.replace(/\/?$/, '/')}page.grcproof`
  return pathname.endsWith('/') ? [inside] : [`${origin}${pathname}.grcproof`, inside]
}

/** An address of a bundle, or of a page with its bundle beside it. */
async function fromAddress(address: string, { fetch }: Shell): Promise<Found> {
  const url = new URL(address)
  if (url.pathname.endsWith('.grcproof')) {
    const bundle = await fetchBundle(fetch, url.href)
    if (!bundle) throw new UsageError(`there is nothing at ${url.href}`)
    return { bundle, page: null, base: url.origin }
  }
  const page = await fetchBundle(fetch, url.href)
  if (!page) throw new UsageError(`there is nothing at ${url.href}`)
  const tried = besides(url)
  let bundle: Uint8Array | null = null
  for (const beside of tried) bundle ??= await fetchBundle(fetch, beside)
  if (!bundle) throw new UsageError(`the page offers no proof: there is nothing at ${tried.join(' or ')}`)
  return { bundle, page: { name: url.href, bytes: page }, base: url.origin }
}

/** A bundle; or a document with its bundle beside it, `<file>.grcproof`. */
async function fromFile(path: string): Promise<Found> {
  const bytes = await readLocal(path)
  if (path.endsWith('.grcproof') || (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3))
    return { bundle: bytes, page: null, base: null }
  const beside = `${path}.grcproof`
  if (!(await stat(beside).catch(() => null)))
    throw new UsageError(`${path} is no proof bundle, and there is no ${beside}`)
  return { bundle: await readLocal(beside), page: { name: basename(path), bytes }, base: null }
}

const options = {
  key: { type: 'string', multiple: true },
  policy: { type: 'string' },
  file: { type: 'string', multiple: true },
  pins: { type: 'string' },
  lang: { type: 'string' },
  json: { type: 'boolean' },
} as const

function opened(bytes: Uint8Array): Bundle {
  try {
    return readBundle(bytes)
  } catch (error) {
    throw new UnreadableBundle(error instanceof Error ? error.message : String(error))
  }
}

class UnreadableBundle extends Error {}

async function run(words: string[], shell: Shell): Promise<number> {
  const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true })
  const [place, ...more] = positionals
  if (!place || more.length > 0) throw new UsageError('name one bundle, file or address')
  const language = (values.lang ?? shell.env.LC_ALL ?? shell.env.LANG ?? '').startsWith('ja') ? 'ja' : 'en'
  const found = /^https?:\/\//.test(place) ? await fromAddress(place, shell) : await fromFile(place)
  const bundle = opened(found.bundle)
  const files = found.page ? [found.page] : []
  for (const path of values.file ?? []) files.push({ name: basename(path), bytes: await readLocal(path) })
  const pins = values.pins ?? pinsPath(shell.env)
  const known = await readPins(pins)
  const verifyOptions: VerifyOptions = {
    files,
    pin: Object.hasOwn(known, bundle.origin) ? (known[bundle.origin] ?? null) : null,
  }
  if (values.key) verifyOptions.keys = values.key
  if (values.policy) verifyOptions.policy = await readFile(values.policy, 'utf8')
  if (found.base) {
    verifyOptions.consistency = remoteConsistency(shell.fetch, found.base)
    const keys = found.base.startsWith('https:') ? await fetchKeys(shell.fetch, found.base) : null
    if (keys) verifyOptions.domain = { host: new URL(found.base).host, keys }
  }
  const verdict = await verifyBundle(bundle, verifyOptions)
  if (values.json) shell.out(JSON.stringify(verdict, null, 2))
  else for (const line of verdictLines(verdict, language)) shell.out(line)
  if (verdict.pin) await writePin(pins, verdict.origin, verdict.pin)
  return verdict.sound ? 0 : 1
}

/** Examines a proof without a server, a database or a package: Node alone runs it. */
export const verify: CliCommand = {
  usage:
    'assay verify <bundle | file | address> [--file <document>] [--key <verifier key>] [--policy <file>] [--pins <file>] [--lang en|ja] [--json]',
  summary: 'Examine a proof bundle, a document with its bundle, or a published page',
  async run(words, shell) {
    try {
      return await run(words, shell)
    } catch (error) {
      if (!(error instanceof UnreadableBundle)) throw error
      shell.fail(`This bundle cannot be read: ${error.message}. Nothing is proven.`)
      return 1
    }
  },
}
