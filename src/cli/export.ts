import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { Problem } from '../kernel/error.ts'
import { checkArchive, checkedBytes } from '../server/archive/check.ts'
import { manifestName } from '../server/archive/format.ts'
import { openArchive } from '../server/archive/source.ts'
import { say } from './archive-text.ts'
import { type CliCommand, type Shell, UsageError } from './command.ts'
import { languageOf, wordsOf } from './language.ts'

const options = {
  key: { type: 'string' },
  server: { type: 'string' },
  lang: { type: 'string' },
} as const

async function download({ fetch }: Shell, server: string, key: string, path: string): Promise<void> {
  const url = new URL('/api/export', server).href
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${key}`, accept: 'application/zip, application/problem+json' },
    redirect: 'error',
  }).catch((error) => {
    throw new Error(`${url} cannot be reached: ${error instanceof Error ? error.message : String(error)}`)
  })
  if (!response.ok || !response.body) {
    const { detail, title } = (await response.json().catch(() => ({}))) as Record<string, unknown>
    throw new Error(`${url} answers ${response.status}: ${String(detail ?? title ?? '')}`)
  }
  await pipeline(
    Readable.fromWeb(response.body as never),
    createWriteStream(path, { flags: 'wx', mode: 0o600 }),
  )
}

/** Takes the checked files out of the ZIP file into a new directory. */
async function unpack(zip: string, target: string): Promise<void> {
  const source = await openArchive(zip)
  try {
    const { manifest } = await checkArchive(source)
    for (const file of manifest.files) {
      const path = join(target, ...file.name.split('/'))
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await pipeline(checkedBytes(source, file), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
    }
    await pipeline(
      await source.open(manifestName),
      createWriteStream(join(target, manifestName), { flags: 'wx', mode: 0o600 }),
    )
  } finally {
    source.close()
  }
}

async function run(words: string[], shell: Shell): Promise<number> {
  const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true })
  const [place, ...more] = positionals
  if (!place || more.length > 0) throw new UsageError('name one ZIP file or directory to make')
  const language = languageOf(shell.env, words)
  const key = values.key ?? shell.env.ASSAY_KEY
  if (!key) throw new UsageError(say(language, 'noKey'))
  const server = values.server ?? readConfig(shell.env, process.cwd()).publicUrl
  const target = resolve(place)
  if (existsSync(target)) throw new Problem('conflict', 'archive.target_exists', { path: place })
  // It gets its name once it is whole and checked.
  const part = `${target}.${process.pid}.part`
  try {
    await download(shell, server, key, part)
    const source = await openArchive(part)
    const { manifest, digest } = await checkArchive(source).finally(() => source.close())
    if (place.endsWith('.zip')) await rename(part, target)
    else {
      await unpack(part, `${part}.dir`)
      await rename(`${part}.dir`, target)
    }
    const { size, files, lost } = manifest
    shell.out(say(language, 'exported', { path: place, size, files: files.length }))
    shell.out(say(language, 'digest', { digest }))
    if (lost.length > 0) shell.out(say(language, 'lost', { count: lost.length }))
    for (const one of lost) shell.out(`  ${one}`)
    shell.out(say(language, 'careful'))
    return 0
  } finally {
    await rm(part, { force: true })
    await rm(`${part}.dir`, { recursive: true, force: true })
  }
}

export const exportArchive: CliCommand = {
  usage: 'assay export <file.zip | directory> [--server <address>] [--key <API key>] [--lang en|ja]',
  summary: 'Take the whole organisation along as one archive',
  async run(words, shell) {
    try {
      return await run(words, shell)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      shell.fail(wordsOf(error, languageOf(shell.env, words)))
      return 1
    }
  },
}
