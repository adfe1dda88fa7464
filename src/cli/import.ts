import { mkdir, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { stringify } from 'csv-stringify/sync'
import { type Config, readConfig } from '../config.ts'
import { applicationRole, connect } from '../db/connect.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { Problem } from '../kernel/error.ts'
import { type Checked, checkArchive } from '../server/archive/check.ts'
import { type Imported, importArchive } from '../server/archive/import.ts'
import { type ArchiveSource, openArchive } from '../server/archive/source.ts'
import { say } from './archive-text.ts'
import { type CliCommand, type Shell, UsageError } from './command.ts'
import { languageOf, wordsOf } from './language.ts'
import { runtimeOf } from './runtime.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The database of this installation, migrated: the one named, or the embedded one, which must not be running. */
async function openDatabase({ databaseUrl, dataDir }: Config, { fail }: Shell) {
  if (databaseUrl) {
    await migrate({ connectionString: databaseUrl })
    const database = connect({ connectionString: databaseUrl }, { role: applicationRole, max: 3 })
    return { database, close: () => database.close() }
  }
  const quiet = (line: string) => (/FATAL|PANIC/.test(line) ? fail(line) : undefined)
  const embedded = await startEmbedded({ dataDir, log: quiet, supervise: false })
  await migrate(embedded.connectionConfig)
  const database = connect(embedded.connectionConfig, { role: applicationRole, max: 3 })
  return {
    database,
    async close() {
      await database.close()
      await embedded.stop()
    },
  }
}

/** Imports and seals, so that the log has its new key and a checkpoint of its own before anyone connects. */
async function bring(config: Config, shell: Shell, source: ArchiveSource, checked: Checked) {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const { database, close } = await openDatabase(config, shell)
  try {
    const directory = config.dataDir
    const { runtime, sealer } = runtimeOf({ database, directory }, shell)
    const imported = await importArchive({ runtime, directory }, source, checked)
    await sealer.sealNow(imported.manifest.organisation)
    return { imported, signer: await sealer.signer(imported.manifest.organisation) }
  } finally {
    await close()
  }
}

const linkOf = (config: Config, token: string) => `${config.publicUrl}/invitation/${token}`

async function writeLinks(config: Config, path: string, { ways }: Imported): Promise<void> {
  const rows = ways.map(({ name, email, owner, token }) => [
    email,
    name,
    owner ? 'owner' : '',
    linkOf(config, token),
  ])
  const text = stringify([['email', 'name', 'role', 'link'], ...rows], { bom: true, escape_formulas: true })
  await writeFile(path, text, { mode: 0o600, flag: 'wx' })
}

const options = {
  data: { type: 'string' },
  links: { type: 'string' },
  lang: { type: 'string' },
} as const

async function run(words: string[], shell: Shell): Promise<number> {
  const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true })
  const [place, ...more] = positionals
  if (!place || more.length > 0) throw new UsageError('name one archive: a ZIP file or a directory')
  const language = languageOf(shell.env, words)
  const env = values.data ? { ...shell.env, ASSAY_DATA: resolve(values.data) } : shell.env
  const config = readConfig(env, root)
  const source = await openArchive(resolve(place))
  try {
    const checked = await checkArchive(source)
    const { imported, signer } = await bring(config, shell, source, checked)
    const { manifest, digest, records, revokedKeys, removedOverlays, ways } = imported
    const { organisation, size, root: rootHash, lost, origin } = manifest
    shell.out(say(language, 'imported', { size, records, organisation }))
    shell.out(say(language, 'root', { root: rootHash }))
    shell.out(say(language, 'digest', { digest }))
    for (const key of imported.formerKeys) shell.out(say(language, 'signed', key))
    shell.out(say(language, 'continued', { origin, vkey: signer.vkey }))
    if (lost.length > 0) shell.out(say(language, 'lost', { count: lost.length }))
    for (const one of lost) shell.out(`  ${one}`)
    if (revokedKeys > 0) shell.out(say(language, 'revoked', { count: revokedKeys }))
    if (removedOverlays > 0) shell.out(say(language, 'overlays', { count: removedOverlays }))
    shell.out(say(language, 'retire'))
    const owners = ways.filter(({ owner }) => owner)
    if (owners.length === 0) shell.out(say(language, 'noOwner'))
    for (const { name, email, token } of owners) {
      shell.out(say(language, 'owner', { name, email }))
      shell.out(`  ${linkOf(config, token)}`)
    }
    if (values.links) {
      await writeLinks(config, values.links, imported)
      shell.out(say(language, 'wroteLinks', { path: values.links }))
    } else if (ways.length > owners.length)
      shell.out(say(language, 'others', { count: ways.length - owners.length }))
    return 0
  } finally {
    source.close()
  }
}

export const importCommand: CliCommand = {
  usage: 'assay import <file.zip | directory> [--data <data directory>] [--links <file.csv>] [--lang en|ja]',
  summary: 'Bring an organisation from an archive into an empty installation',
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
