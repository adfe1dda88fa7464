import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { cleanLine } from '../checks/clean.ts'
import {
  type Collection,
  collectionFormat,
  collectionSchema,
  type Parsed,
  UnreadableOutput,
} from '../checks/collection.ts'
import { parsers } from '../checks/tools/parsers.ts'
import type { Language } from '../kernel/language.ts'
import { type Delivery, push, type Served } from './collect-push.ts'
import { type Raw, readGiven, runCommand, runKnown } from './collect-raw.ts'
import { ToolFailure } from './collect-run.ts'
import { say } from './collect-text.ts'
import { checkTarget, formats, tools } from './collect-tools.ts'
import { type CliCommand, type Shell, UsageError } from './command.ts'
import { languageOf } from './language.ts'

/** 1: delivered, and some check is not passed; 3: the tool; 4: the server said no; 5: no server. */
export const exitCodes = { delivered: 0, notPassed: 1, tool: 3, refused: 4, unreachable: 5 } as const

const options = {
  tool: { type: 'string' },
  target: { type: 'string' },
  file: { type: 'string' },
  kind: { type: 'string' },
  format: { type: 'string' },
  server: { type: 'string' },
  key: { type: 'string' },
  'key-file': { type: 'string' },
  bearer: { type: 'boolean' },
  entity: { type: 'string' },
  for: { type: 'string', multiple: true },
  timeout: { type: 'string' },
  print: { type: 'boolean' },
  lang: { type: 'string' },
} as const

type Values = {
  [K in keyof Omit<typeof options, 'for'>]?: (typeof options)[K]['type'] extends 'boolean' ? boolean : string
} & { for?: string[] }

/** `ACC-06/tokyo`, `ACC-06/tokyo/shop`, or the id of an implementation. */
function servedOf(word: string): Served {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(word)) return word
  const [control = '', entity = '', service = null, ...more] = word.split('/')
  if (control === '' || entity === '' || service === '' || more.length > 0)
    throw new UsageError('--for is control/entity, control/entity/service, or the id of an implementation')
  return { control, entity, service }
}

function normalForm(kind: string, name: string, raw: Raw, parsed: Parsed): Collection {
  const { tool, startedAt, endedAt, items } = parsed
  // A tool that tells its times knows them better than the clock around it, which also counts waiting.
  const end = endedAt ?? raw.endedAt
  const start = startedAt ?? raw.startedAt
  const version = raw.version ?? tool.version
  const form = {
    format: collectionFormat,
    kind,
    tool: { name: cleanLine(name, 120), version: version === null ? null : cleanLine(version, 120) || null },
    host: cleanLine(hostname(), 300),
    startedAt: [start, end].sort()[0] ?? end,
    endedAt: end,
    items,
  }
  const checked = collectionSchema.safeParse(form)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  throw new UnreadableOutput('too-large', `${issue?.path.join('/') ?? ''}: ${issue?.message ?? ''}`)
}

function text(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UnreadableOutput('not-it', 'it is not UTF-8')
  }
}

/** Runs, or reads, what the words ask for, in the normal form. */
async function collect(
  values: Values,
  extra: string[],
  shell: Shell,
): Promise<{ raw: Raw; collection: Collection }> {
  const name = values.tool ?? (values.format ? 'command' : '')
  const seconds = Number(values.timeout ?? 900)
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 86_400)
    throw new UsageError('--timeout is a number of seconds, at most a day')
  const known = Object.hasOwn(tools, name) ? tools[name] : undefined
  const format = values.format ?? formats.find((one) => one === name) ?? 'json'
  if (known === undefined && name !== 'command' && !formats.some((one) => one === name))
    throw new UsageError(`--tool is one of ${[...Object.keys(tools), 'command', ...formats].join(', ')}`)
  if (!formats.some((one) => one === format)) throw new UsageError(`--format is one of ${formats.join(', ')}`)
  if (known?.needsTarget && values.target === undefined)
    throw new UsageError('name what to look at with --target')
  const target = values.target === undefined ? null : known ? checkTarget(values.target) : values.target
  const timeout = seconds * 1000
  const raw =
    values.file !== undefined
      ? await readGiven(values.file)
      : known
        ? await runKnown(known, target ?? '', extra, timeout, shell)
        : await runCommand(extra, format, timeout, shell)
  const parse = parsers[known?.kind ?? format]
  if (parse === undefined) throw new UsageError(`there is no reader for ${name}`)
  const about = target ?? (known?.needsTarget ? null : hostname())
  const parsed = parse(text(raw.bytes), about)
  const said = known || format !== 'json' ? parsed.tool.name : basename(extra[0] ?? raw.name)
  return { raw, collection: normalForm(values.kind ?? known?.kind ?? format, said, raw, parsed) }
}

/** What went wrong before anything was sent, in words; null for what is nobody's to explain. */
function toolTrouble(error: unknown, values: Values, language: Language): string | null {
  if (error instanceof ToolFailure)
    return say(language, error.fault, {
      detail: error.message,
      package:
        values.tool === 'openscap'
          ? 'openscap-scanner'
          : values.tool === 'testssl'
            ? 'testssl.sh'
            : (values.tool ?? ''),
    })
  if (error instanceof UnreadableOutput)
    return say(language, 'unreadable', { fault: error.fault, detail: error.message })
  return null
}

function report(delivery: Delivery, items: number, shell: Shell, language: Language): number {
  if (delivery.is === 'unreachable') {
    shell.fail(say(language, 'unreachable', { detail: delivery.detail }))
    return exitCodes.unreachable
  }
  if (delivery.is === 'refused') {
    shell.fail(say(language, 'refused', { status: delivery.status, detail: delivery.detail }))
    return exitCodes.refused
  }
  const { runs, evidenceId, implementationIds = [], occurrenceIds = [], unresolved } = delivery
  shell.out(say(language, 'delivered', { items, evidenceId }))
  if (implementationIds.length > 0) {
    const counts = { implementations: implementationIds.length, occurrences: occurrenceIds.length }
    shell.out(say(language, 'serves', counts))
  }
  const sum = (outcome: 'pass' | 'fail' | 'error') => runs.reduce((total, run) => total + run[outcome], 0)
  const counts = { pass: sum('pass'), fail: sum('fail'), error: sum('error') }
  if (runs.length > 0) shell.out(say(language, 'judged', { checks: runs.length, ...counts }))
  if (unresolved.length > 0)
    shell.out(say(language, 'unresolved', { names: unresolved.slice(0, 20).join(', ') }))
  return counts.fail + counts.error > 0 || runs.some(({ problem }) => problem !== null)
    ? exitCodes.notPassed
    : exitCodes.delivered
}

async function keyOf(values: Values, { env }: Shell, language: Language): Promise<string> {
  const given =
    values['key-file'] === undefined
      ? (values.key ?? env.ASSAY_KEY)
      : await readFile(values['key-file'], 'utf8')
  const key = given?.trim() ?? ''
  if (key === '') throw new UsageError(say(language, 'noKey'))
  return key
}

async function run(words: string[], shell: Shell): Promise<number> {
  const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true })
  const language = languageOf(shell.env, words)
  const server = values.server ?? shell.env.ASSAY_SERVER
  if (!values.print && (server === undefined || !URL.canParse(server)))
    throw new UsageError('name the server with --server or ASSAY_SERVER')
  const key = values.print ? '' : await keyOf(values, shell, language)
  const serves = (values.for ?? []).map(servedOf)
  let made: Awaited<ReturnType<typeof collect>>
  try {
    made = await collect(values, positionals, shell)
  } catch (error) {
    const words = toolTrouble(error, values, language)
    if (words === null) throw error
    shell.fail(words)
    return exitCodes.tool
  }
  const { raw, collection } = made
  if (values.print) {
    shell.out(JSON.stringify(collection, null, 2))
    return exitCodes.delivered
  }
  const delivery = await push(shell.fetch, {
    server: server ?? '',
    key,
    bearer: values.bearer === true,
    entityId: values.entity ?? null,
    serves,
    raw,
    collection,
    language,
  })
  return report(delivery, collection.items.length, shell, language)
}

export const collectCommand: CliCommand = {
  usage:
    'assay collect --tool <ssh-audit|nmap|testssl|lynis|openscap|command|json|sarif|ocsf> [--target <host[:port]>] [--file <report>] [--kind <kind>] [--format json|sarif|ocsf] [--entity <id>] [--for <control/entity[/service] | implementation id>]… [--timeout <seconds>] [--bearer] [--print] --server <address> [--key-file <file>] [-- <more words for the tool, or the command>]',
  summary: 'Run a tool here and deliver what it saw as evidence',
  run,
}
