import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Plan } from '../server/programme/apply.ts'
import { type ProgrammeFolder, readProgrammeFolder } from '../server/programme/folder.ts'
import { type CliCommand, type Shell, UsageError } from './command.ts'

type Language = 'en' | 'ja'

const words = {
  en: {
    create: 'new',
    update: 'change',
    waiting: 'waits',
    left: 'not in the file, left as it is',
    planned: (count: number) => `${count} change(s) would be made. Nothing was changed.`,
    applied: (count: number) => (count === 0 ? 'Everything is so already.' : `${count} change(s) were made.`),
    sent: (count: number) => `${count} file(s) sent.`,
    missing: (count: number) => `${count} file(s) would be sent.`,
    key: 'Give the API key in ASSAY_KEY or in a file with --key-file.',
    plain: 'The key would travel unencrypted. Use https, or --insecure if you know the network.',
    unreachable: (url: string) => `${url} cannot be reached.`,
    file: 'Name one programme file.',
    place: (line: number, column: number, file?: string) =>
      `${file ? `${file}, ` : ''}line ${line}, column ${column}`,
  },
  ja: {
    create: '新規',
    update: '変更',
    waiting: '保留',
    left: 'ファイルに記載なし（そのまま）',
    planned: (count: number) => `${count}件の変更が行われます。まだ何も変更していません。`,
    applied: (count: number) => (count === 0 ? '既に記載どおりです。' : `${count}件を変更しました。`),
    sent: (count: number) => `${count}件のファイルを送信しました。`,
    missing: (count: number) => `${count}件のファイルが送信されます。`,
    key: 'APIキーを ASSAY_KEY または --key-file のファイルで指定してください。',
    plain:
      'キーが暗号化されずに送信されます。https を使うか、安全なネットワークであれば --insecure を付けてください。',
    unreachable: (url: string) => `${url} に接続できません。`,
    file: 'プログラムファイルを1つ指定してください。',
    place: (line: number, column: number, file?: string) => `${file ? `${file} ` : ''}${line}行${column}列`,
  },
} as const

const languageOf = ({ LC_ALL, LANG }: NodeJS.ProcessEnv): Language =>
  (LC_ALL || LANG || '').startsWith('ja') ? 'ja' : 'en'

export type Server = { shell: Shell; url: string; key: string; language: Language }

export type Refusal = {
  detail?: string
  errors?: { pointer: string; detail: string; line?: number; column?: number; file?: string }[]
}

/** What a server refused, in its own words, each problem with its place. */
export function refused(refusal: Refusal, status: number, language: Language): Error {
  const lines = (refusal.errors ?? []).map(({ pointer, detail, line, column, file }) => {
    const place = line && column ? words[language].place(line, column, file) : pointer
    return `  ${place}: ${detail}${line ? ` (${pointer})` : ''}`
  })
  return new Error([refusal.detail ?? `HTTP ${status}`, ...lines].join('\n'))
}

async function send<T>(server: Server, path: string, type: string, body: string | Uint8Array): Promise<T> {
  const { shell, url, key, language } = server
  const headers = { authorization: `Bearer ${key}`, 'content-type': type, 'accept-language': language }
  const bytes = typeof body === 'string' ? body : new Uint8Array(body)
  const init = { method: 'POST', headers, body: bytes, redirect: 'error' } as const
  const response = await shell.fetch(`${url}${path}`, init).catch(() => {
    throw new Error(words[language].unreachable(url))
  })
  const answer = (await response.json().catch(() => ({}))) as T & Refusal
  if (!response.ok) throw refused(answer, response.status, language)
  return answer
}

const ask = (server: Server, path: string, { programme, includes, files }: ProgrammeFolder) =>
  send<Plan>(server, path, 'application/json', JSON.stringify({ programme, includes, files }))

const short = (value: unknown) => {
  const text = JSON.stringify(value) ?? ''
  return text.length > 70 ? `${text.slice(0, 69)}…` : text
}

function show(plan: Plan, { shell, language }: Server): void {
  const text = words[language]
  for (const { action, noun, key, fields } of plan.changes) {
    if (action === 'unchanged') continue
    shell.out(`${text[action]}: ${noun} ${key}`)
    if (action !== 'update') continue
    for (const { field, before, after } of fields)
      shell.out(`    ${field}: ${short(before)} -> ${short(after)}`)
  }
}

const count = ({ counts }: Plan) => (counts.create ?? 0) + (counts.update ?? 0)

export async function serverOf(
  shell: Shell,
  values: { server?: string; 'key-file'?: string; insecure?: boolean },
) {
  const language = languageOf(shell.env)
  const url = URL.parse(values.server ?? 'http://localhost:4600')
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw new UsageError(`--server ${values.server}`)
  const own = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  if (url.protocol === 'http:' && !own && !values.insecure) throw new UsageError(words[language].plain)
  const file = values['key-file']
  const key = (file ? await readFile(file, 'utf8') : (shell.env.ASSAY_KEY ?? '')).trim()
  if (key === '') throw new UsageError(words[language].key)
  return { shell, url: url.origin, key, language }
}

export const apply: CliCommand = {
  usage:
    'assay apply <programme.yaml> [--dry-run] [--server http://localhost:4600] [--key-file FILE] [--insecure]',
  summary: 'Make the organisation on a running server as a programme file says',
  async run(args, shell) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean' },
        server: { type: 'string' },
        'key-file': { type: 'string' },
        insecure: { type: 'boolean' },
      },
    })
    const [path, ...more] = positionals
    if (path === undefined || more.length > 0) throw new UsageError(words[languageOf(shell.env)].file)
    const server = await serverOf(shell, values)
    const folder = await readProgrammeFolder(path)
    const text = words[server.language]
    const plan = await ask(server, '/api/programme/plan', folder)
    if (values['dry-run']) {
      show(plan, server)
      if (plan.missing.length > 0) shell.out(text.missing(plan.missing.length))
      shell.out(text.planned(count(plan)))
      return 0
    }
    for (const digest of plan.missing) {
      const bytes = folder.bytes.get(digest)
      if (bytes) await send(server, '/api/programme/files', 'application/octet-stream', bytes)
    }
    if (plan.missing.length > 0) shell.out(text.sent(plan.missing.length))
    const done = await ask(server, '/api/programme/apply', folder)
    show(done, server)
    shell.out(text.applied(count(done)))
    return 0
  },
}
