import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { reportKinds } from '../reports/report.ts'
import { type Refusal, refused, type Server, serverOf } from './apply.ts'
import { type CliCommand, UsageError } from './command.ts'

const stageOne = 'stage-one'
const formats = ['pdf', 'xlsx', 'csv']

const words = {
  en: {
    kind: `Name one of: ${[...reportKinds, stageOne].join(', ')}.`,
    format: `--format is one of: ${formats.join(', ')}.`,
    language: '--language is en or ja.',
    programme: `${stageOne} needs --programme.`,
    unknown: (programme: string, known: string) =>
      `There is no programme ${programme} that this key may see. There are: ${known || 'none'}.`,
    unreachable: (url: string) => `${url} cannot be reached.`,
    exists: (path: string) => `${path} is there already. Name another file with --out, or remove it.`,
    written: (path: string) => `Written: ${path}`,
  },
  ja: {
    kind: `次のいずれかを指定してください: ${[...reportKinds, stageOne].join(', ')}`,
    format: `--format には次のいずれかを指定してください: ${formats.join(', ')}`,
    language: '--language には en または ja を指定してください。',
    programme: `${stageOne} には --programme が必要です。`,
    unknown: (programme: string, known: string) =>
      `このキーで見られるプログラム ${programme} はありません。ある物: ${known || 'なし'}`,
    unreachable: (url: string) => `${url} に接続できません。`,
    exists: (path: string) => `${path} は既にあります。--out で別のファイルを指定するか、削除してください。`,
    written: (path: string) => `書き出しました: ${path}`,
  },
}

async function ask({ shell, url, key, language }: Server, path: string, body: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${key}`, 'accept-language': language }
  const init =
    body === undefined
      ? { headers, redirect: 'error' as const }
      : {
          ...{ method: 'POST', redirect: 'error' as const, body: JSON.stringify(body) },
          headers: { ...headers, 'content-type': 'application/json' },
        }
  const response = await shell.fetch(`${url}${path}`, init).catch(() => {
    throw new Error(words[language].unreachable(url))
  })
  if (response.ok) return response
  throw refused((await response.json().catch(() => ({}))) as Refusal, response.status, language)
}

async function programmeId(server: Server, wanted: string): Promise<string> {
  const answer = await ask(server, '/api/programmes', undefined)
  const { items } = (await answer.json()) as { items: { id: string; key: string }[] }
  const found = items.find(({ key }) => key === wanted)
  if (found) return found.id
  throw new UsageError(words[server.language].unknown(wanted, items.map(({ key }) => key).join(', ')))
}

/** The name that the server gives to the file, without any way out of this directory. */
export function fileNameIn(disposition: string | null, otherwise: string): string {
  const said = /filename="([^"\\]+)"/.exec(disposition ?? '')?.[1] ?? ''
  return /^[\w.-]+$/.test(said) && !said.startsWith('.') ? basename(said) : otherwise
}

/** Writes what came under its name once it is whole. */
async function keep(response: Response, path: string): Promise<void> {
  const part = `${path}.${process.pid}.part`
  try {
    const bytes = Readable.fromWeb(response.body as never)
    await pipeline(bytes, createWriteStream(part, { flags: 'wx', mode: 0o600 }))
    await rename(part, path)
  } finally {
    await rm(part, { force: true })
  }
}

const options = {
  programme: { type: 'string' },
  format: { type: 'string' },
  table: { type: 'string' },
  language: { type: 'string' },
  'as-of': { type: 'string' },
  'known-at': { type: 'string' },
  out: { type: 'string' },
  server: { type: 'string' },
  'key-file': { type: 'string' },
  insecure: { type: 'boolean' },
} as const

export const report: CliCommand = {
  usage: `assay report <${[...reportKinds, stageOne].join(' | ')}> [--programme KEY] [--format pdf|xlsx|csv [--table KEY]] [--language en|ja] [--as-of YYYY-MM-DD] [--known-at INSTANT] [--out FILE] [--server http://localhost:4600] [--key-file FILE] [--insecure]`,
  summary: 'Fetch a report as a file, or the package for a stage 1 audit',
  async run(args, shell) {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const server = await serverOf(shell, values)
    const t = words[server.language]
    const [kind = '', ...more] = positionals
    if (![...reportKinds, stageOne].includes(kind) || more.length > 0) throw new UsageError(t.kind)
    const { format = 'pdf', language = server.language, programme, table } = values
    if (!formats.includes(format)) throw new UsageError(t.format)
    if (language !== 'en' && language !== 'ja') throw new UsageError(t.language)
    if (kind === stageOne && programme === undefined) throw new UsageError(t.programme)
    if (values.out !== undefined && existsSync(values.out)) throw new Error(t.exists(values.out))
    const id = programme === undefined ? undefined : await programmeId(server, programme)
    const query = new URLSearchParams()
    const given = { asOf: values['as-of'], knownAt: values['known-at'] }
    const also = kind === stageOne ? {} : { language, programme: id, table }
    for (const [name, value] of Object.entries({ ...given, ...also }))
      if (value !== undefined) query.set(name, value)
    const response =
      kind === stageOne
        ? await ask(server, `/api/programmes/${id}/stage-one?${query}`, { language })
        : await ask(server, `/api/reports/${kind}/${format}?${query}`, undefined)
    const otherwise = `${kind}.${kind === stageOne ? 'zip' : format}`
    const path = resolve(values.out ?? fileNameIn(response.headers.get('content-disposition'), otherwise))
    if (existsSync(path)) throw new Error(t.exists(path))
    await keep(response, path)
    shell.out(t.written(path))
    return 0
  },
}
