import { parseArgs } from 'node:util'
import type { Evidence } from '../evidence/evidence.ts'
import { reconcile as compare, expireUploads } from '../server/evidence-reconcile.ts'
import { type Server, serverOf } from './apply.ts'
import { type CliCommand, type Shell, UsageError } from './command.ts'
import { CardNumbersRefused, call, post, sendFile } from './evidence-send.ts'
import { evidenceWords } from './evidence-words.ts'
import { languageOf } from './language.ts'
import { openPlace } from './place.ts'
import { runtimeOf } from './runtime.ts'

const text = { type: 'string' } as const
const list = { type: 'string', multiple: true } as const
const flag = { type: 'boolean' } as const

const addOptions = {
  title: text,
  description: text,
  entity: text,
  implementation: list,
  occurrence: list,
  asset: list,
  'about-from': text,
  'about-to': text,
  'collected-on': text,
  'valid-until': text,
  collector: text,
  source: text,
  server: text,
  'key-file': text,
  insecure: flag,
  json: flag,
} as const

type Values = ReturnType<typeof parseArgs<{ options: typeof addOptions }>>['values']

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/** The entity as named by its id or key, or the one of the first link. */
async function entityOf(server: Server, values: Values): Promise<string> {
  const words = evidenceWords[server.language]
  const { entity, implementation, occurrence } = values
  if (entity !== undefined && uuid.test(entity)) return entity
  if (entity !== undefined) {
    const asked = { method: 'GET' }
    const { items } = await call<{ items: { id: string; key: string }[] }>(server, '/api/entities', asked)
    const found = items.find(({ key }) => key === entity)
    if (!found) throw new Error(words.unknownEntity(entity))
    return found.id
  }
  const link = implementation?.[0] ?? occurrence?.[0]
  if (link === undefined) throw new UsageError(words.entity)
  const noun = implementation?.[0] === undefined ? 'occurrences' : 'implementations'
  return (await call<{ entityId: string }>(server, `/api/${noun}/${link}`, { method: 'GET' })).entityId
}

function given(values: Values): Record<string, unknown> {
  const facts = {
    title: values.title,
    description: values.description,
    source: values.source,
    collector: values.collector,
    aboutFrom: values['about-from'],
    aboutTo: values['about-to'] ?? values['about-from'],
    collectedOn: values['collected-on'],
    validUntil: values['valid-until'],
    implementationIds: values.implementation,
    occurrenceIds: values.occurrence,
    assetIds: values.asset,
  }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}

async function add(args: string[], shell: Shell): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: addOptions })
  const words = evidenceWords[languageOf(shell.env, args)]
  if (positionals.length === 0) throw new UsageError(words.files)
  if (values.title === undefined) throw new UsageError(words.title)
  if (values['about-from'] === undefined) throw new UsageError(words.about)
  // What a program reads stands alone on the output; the progress is for people.
  const told = values.json ? { ...shell, out: shell.fail } : shell
  const server = await serverOf(told, values)
  try {
    const entityId = await entityOf(server, values)
    const files: string[] = []
    for (const path of positionals) files.push((await sendFile(server, path)).id)
    const one = await post<Evidence>(server, '/api/evidence', { ...given(values), entityId, files })
    shell.out(values.json ? JSON.stringify(one) : words.added(one.id))
    return 0
  } catch (error) {
    if (!(error instanceof CardNumbersRefused)) throw error
    shell.fail(error.message)
    return 3
  }
}

async function reconcile(args: string[], shell: Shell): Promise<number> {
  const { values } = parseArgs({ args, options: { remove: flag, json: flag, lang: text } })
  const words = evidenceWords[languageOf(shell.env, args)]
  const place = await openPlace(shell)
  try {
    const { runtime } = runtimeOf(place, shell)
    const expired = await expireUploads(runtime)
    const report = await compare(runtime, { remove: values.remove ?? false })
    const { orphans, missing, strays, removed } = report
    const found = orphans.length + missing.length + strays.length
    if (values.json) shell.out(JSON.stringify({ expired, ...report }))
    else {
      if (expired > 0) shell.out(words.expired(expired))
      if (found === 0) shell.out(words.reconciled(report.objects))
      for (const digest of orphans) shell.out(`  ${words.orphan}: ${digest}`)
      for (const id of strays) shell.out(`  ${words.stray}: ${id}`)
      for (const { digest, by } of missing) shell.out(`  ${words.missing}: ${by} ${digest}`)
      if (orphans.length + strays.length > 0)
        shell.out(values.remove ? words.removed(removed) : words.removable)
    }
    return missing.length > 0 || found > removed ? 1 : 0
  } finally {
    await place.close()
  }
}

/** Exit codes: 0 done, 1 refused or found something, 2 wrong use, 3 card numbers in a file. */
export const evidence: CliCommand = {
  usage: `assay evidence add <file…> --title TEXT --about-from DAY [--about-to DAY] [--entity KEY] [--implementation ID]
    [--occurrence ID] [--asset ID] [--collected-on DAY] [--valid-until DAY] [--description TEXT] [--source KIND]
    [--collector TEXT] [--json] [--server http://localhost:4600] [--key-file FILE] [--insecure]
assay evidence reconcile [--remove] [--json]`,
  summary: 'Send files as evidence to a running server, or compare stored files with the records',
  async run([action = '', ...args], shell) {
    if (action === 'add') return add(args, shell)
    if (action === 'reconcile') return reconcile(args, shell)
    throw new UsageError(`assay evidence ${action}`)
  },
}
