import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { TlogError } from '#tlog'
import { type Bundle, readBundle } from '../log/bundle.ts'
import { type Reason, reasonOf, reasonText } from '../log/reason.ts'
import { type Pin, type Verdict, type VerifyOptions, verifyBundle } from '../log/verify.ts'
import { type VerifyLanguage, verdictLines } from '../log/verify-text.ts'
import { maxZipBytes, readZip, ZipError } from '../log/zip.ts'
import { ArchiveRefused, isArchive } from './archive-shape.ts'
import type { CliCommand, Shell } from './command.ts'
import { pinsPath, readPins, writePin } from './pins.ts'
import { fetchBundle, fetchKeys, remoteConsistency } from './remote.ts'
import { VerifyProblem, verifyWords } from './verify-problems.ts'

type Named = { name: string; bytes: Uint8Array }

type Found = {
  bundle: Uint8Array
  page: Named | null
  base: string | null
  /** Files that came with the bundle in one package. */
  beside?: readonly Named[]
}

/** The name under which a package of papers carries its bundle. */
const packaged = 'package.grcproof'

/** A package of papers, taken apart; null for a bundle by itself, which has no such file in it. */
function unpacked(zip: Uint8Array): Found | null {
  const files = readZip(zip)
  const bundle = files.find((file) => file.name === packaged)
  if (!bundle) return null
  const beside = files.filter((file) => file !== bundle)
  return { bundle: bundle.bytes, page: null, base: null, beside }
}

async function readLocal(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new VerifyProblem('not_a_file', { path })
  if (found.size > maxZipBytes) throw new VerifyProblem('file_too_large', { path })
  return readFile(path)
}

/** Where the proof of a page lies: `<page>.grcproof`, and for a page that is a folder `page.grcproof` in it. */
function besides({ origin, pathname }: URL): string[] {
  const inside = `${origin}${pathname.replace(/\/?$/, '/')}page.grcproof`
  return pathname.endsWith('/') ? [inside] : [`${origin}${pathname}.grcproof`, inside]
}

function addressOf(address: string): URL {
  try {
    return new URL(address)
  } catch {
    throw new VerifyProblem('not_an_address', { url: address })
  }
}

/** An address of a bundle, or of a page with its bundle beside it. */
async function fromAddress(address: string, { fetch }: Shell): Promise<Found> {
  const url = addressOf(address)
  if (url.pathname.endsWith('.grcproof')) {
    const bundle = await fetchBundle(fetch, url.href)
    if (!bundle) throw new VerifyProblem('nothing_there', { url: url.href })
    return { bundle, page: null, base: url.origin }
  }
  const page = await fetchBundle(fetch, url.href)
  if (!page) throw new VerifyProblem('nothing_there', { url: url.href })
  const tried = besides(url)
  let bundle: Uint8Array | null = null
  for (const beside of tried) bundle ??= await fetchBundle(fetch, beside)
  const [first = '', second] = tried
  if (!bundle)
    throw second === undefined
      ? new VerifyProblem('no_proof_at', { first })
      : new VerifyProblem('no_proof', { first, second })
  return { bundle, page: { name: url.href, bytes: page }, base: url.origin }
}

/** What cannot be read as a package is left to be read, and refused, as a bundle. */
function packageIn(bytes: Uint8Array): Found | null {
  try {
    return unpacked(bytes)
  } catch (error) {
    if (error instanceof ZipError) return null
    throw error
  }
}

/** A bundle; or a document with its bundle beside it, `<file>.grcproof`. */
async function fromFile(path: string): Promise<Found> {
  const bytes = await readLocal(path)
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3
  if (path.endsWith('.grcproof') || zipped)
    return packageIn(bytes) ?? { bundle: bytes, page: null, base: null }
  const beside = `${path}.grcproof`
  if (!(await stat(beside).catch(() => null))) throw new VerifyProblem('no_bundle', { path, beside })
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
    throw new UnreadableBundle(reasonOf(error))
  }
}

class UnreadableBundle extends Error {
  readonly reason: Reason
  constructor(reason: Reason) {
    super(reason.detail)
    this.reason = reason
  }
}

/** The words of the command line. Node's own complaints are sentences in English: only what they are about is kept. */
function wordsOf(words: string[]) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true })
  } catch {
    const known: readonly string[] = Object.keys(options).map((name) => `--${name}`)
    const unknown = words.find((word) => word.startsWith('-') && !known.includes(word.split('=')[0] ?? ''))
    throw new VerifyProblem('bad_option', { word: unknown ?? words.at(-1) ?? '' })
  }
}

/** The language of the terminal, unless `--lang` names one; refusals need it before the words are understood. */
function languageOf(words: readonly string[], env: Shell['env']): VerifyLanguage {
  const at = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const named = words[at]?.split('=')[1] ?? (at < 0 ? undefined : words[at + 1])
  return (named ?? env.LC_ALL ?? env.LANG ?? '').startsWith('ja') ? 'ja' : 'en'
}

async function trusted(bundle: Bundle, verifyOptions: VerifyOptions): Promise<Verdict> {
  try {
    return await verifyBundle(bundle, verifyOptions)
  } catch (error) {
    // Only what the reader gave throws; everything in the bundle becomes a claim that fails.
    throw new UntrustedOptions(reasonOf(error))
  }
}

class UntrustedOptions extends UnreadableBundle {}

async function remember(path: string, { origin, pin }: Verdict): Promise<void> {
  if (!pin) return
  await writePin(path, origin, pin).catch((error) => {
    throw error instanceof VerifyProblem ? error : new VerifyProblem('pins_unwritable', { path })
  })
}

type Trusted = Pick<VerifyOptions, 'keys' | 'policy'> & {
  pinOf(origin: string): Pin | null
  files: { name: string; bytes: Uint8Array }[]
}

async function ofBundle(place: string, shell: Shell, { pinOf, files, ...trust }: Trusted): Promise<Verdict> {
  const found = /^https?:\/\//.test(place) ? await fromAddress(place, shell) : await fromFile(place)
  const bundle = opened(found.bundle)
  const verifyOptions: VerifyOptions = {
    ...trust,
    files: [...(found.page ? [found.page] : []), ...(found.beside ?? []), ...files],
    pin: pinOf(bundle.origin),
  }
  if (found.base) {
    verifyOptions.consistency = remoteConsistency(shell.fetch, found.base)
    const keys = found.base.startsWith('https:') ? await fetchKeys(shell.fetch, found.base) : null
    if (keys) verifyOptions.domain = { host: new URL(found.base).host, keys }
  }
  return trusted(bundle, verifyOptions)
}

/** Unlike a bundle, an archive is read by packages: they are loaded for it alone. */
async function ofArchive(
  place: string,
  language: VerifyLanguage,
  { pinOf, ...trust }: Trusted,
): Promise<Verdict> {
  const { examineArchive } = await import('./verify-archive.ts').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ERR_MODULE_NOT_FOUND' ? new VerifyProblem('archive_packages') : error
  })
  return examineArchive(place, language, ({ origin }) => ({ ...trust, pin: pinOf(origin) })).catch(
    (error) => {
      throw error instanceof TlogError ? new UntrustedOptions(reasonOf(error)) : error
    },
  )
}

async function run(words: string[], shell: Shell, language: VerifyLanguage): Promise<number> {
  const { values, positionals } = wordsOf(words)
  const [place, ...more] = positionals
  if (values.lang !== undefined && !/^(en|ja)/.test(values.lang))
    throw new VerifyProblem('bad_language', { language: values.lang })
  if (!place || more.length > 0) throw new VerifyProblem('no_place')
  const pins = values.pins ?? pinsPath(shell.env)
  const known = await readPins(pins)
  const trust: Trusted = {
    pinOf: (origin) => (Object.hasOwn(known, origin) ? (known[origin] ?? null) : null),
    files: [],
  }
  for (const path of values.file ?? [])
    trust.files.push({ name: basename(path), bytes: await readLocal(path) })
  if (values.key) trust.keys = values.key
  if (values.policy) trust.policy = Buffer.from(await readLocal(values.policy)).toString('utf8')
  const online = /^https?:\/\//.test(place)
  const verdict =
    !online && (await isArchive(place))
      ? await ofArchive(place, language, trust)
      : await ofBundle(place, shell, trust)
  if (values.json) shell.out(JSON.stringify(verdict, null, 2))
  else for (const line of verdictLines(verdict, language)) shell.out(line)
  await remember(pins, verdict)
  return verdict.sound ? 0 : 1
}

const usageJa =
  'assay verify <証明 | ファイル | アーカイブ | アドレス> [--file <文書>] [--key <検証鍵>] [--policy <ファイル>] [--pins <ファイル>] [--lang en|ja] [--json]'

/** Examines a proof without a server, a database or a package: Node alone runs it. */
export const verify: CliCommand = {
  usage:
    'assay verify <bundle | file | archive | address> [--file <document>] [--key <verifier key>] [--policy <file>] [--pins <file>] [--lang en|ja] [--json]',
  summary: 'Examine a proof bundle, a document with its bundle, an archive, or a published page',
  async run(words, shell) {
    const language = languageOf(words, shell.env)
    try {
      return await run(words, shell, language)
    } catch (error) {
      if (error instanceof VerifyProblem) {
        shell.fail(verifyWords(error.code, error.params, language))
        shell.fail(language === 'ja' ? usageJa : verify.usage)
        return 2
      }
      if (error instanceof ArchiveRefused) {
        shell.fail(error.message)
        return 1
      }
      if (!(error instanceof UnreadableBundle)) throw error
      const theirs = error instanceof UntrustedOptions
      const reason = reasonText(error.reason, language)
      shell.fail(verifyWords(theirs ? 'bad_trust' : 'unreadable', { reason }, language))
      return theirs ? 2 : 1
    }
  },
}
