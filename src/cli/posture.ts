import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { inLanguage } from '../kernel/language.ts'
import type { programmeRowSchema, requirementRowSchema } from '../posture/server/shapes.ts'
import { type Refusal, refused, type Server, serverOf } from './apply.ts'
import { type CliCommand, UsageError } from './command.ts'
import { countsLine, type Requirement, requirementLines, words } from './posture-text.ts'

type Row = z.output<typeof programmeRowSchema>
type Told = Omit<Row, 'units'> & { key: string; requirements: Requirement[] }

async function get<T>(server: Server, path: string, asOf: string | undefined): Promise<T> {
  const { shell, url, key, language } = server
  const headers = { authorization: `Bearer ${key}`, 'accept-language': language }
  const query = asOf === undefined ? '' : `?${new URLSearchParams({ asOf })}`
  const response = await shell.fetch(`${url}${path}${query}`, { headers, redirect: 'error' }).catch(() => {
    throw new Error(words[language].unreachable(url))
  })
  const answer = (await response.json().catch(() => ({}))) as T & Refusal
  if (!response.ok) throw refused(answer, response.status, language)
  return answer
}

type Wanted = { programme: string | undefined; requirement: string | undefined; asOf: string | undefined }

/** The programmes asked for, each with the requirement asked for, or else with every one that fails. */
async function askFor(server: Server, wanted: Wanted): Promise<{ day: string; programmes: Told[] }> {
  const read = <T>(path: string) => get<T>(server, path, wanted.asOf)
  const { items } = await read<{ items: { id: string; key: string }[] }>('/api/programmes')
  if (wanted.programme !== undefined && !items.some(({ key }) => key === wanted.programme)) {
    const known = items.map(({ key }) => key).join(', ')
    throw new UsageError(words[server.language].unknown(wanted.programme, known))
  }
  const { day, programmes } = await read<{ day: string; programmes: Row[] }>('/api/posture')
  const told: Told[] = []
  for (const { units: _, ...row } of programmes) {
    const key = items.find(({ id }) => id === row.programmeId)?.key ?? row.programmeId
    if (wanted.programme !== undefined && key !== wanted.programme) continue
    const at = `/api/posture/programmes/${row.programmeId}`
    const ids =
      wanted.requirement === undefined
        ? (await read<{ requirements: z.output<typeof requirementRowSchema>[] }>(at)).requirements
            .filter(({ state }) => state === 'failing')
            .map(({ requirement }) => requirement)
        : [wanted.requirement]
    const requirements: Requirement[] = []
    for (const id of ids)
      requirements.push(await read<Requirement>(`${at}/requirements/${encodeURIComponent(id)}`))
    told.push({ key, ...row, requirements })
  }
  return { day, programmes: told }
}

export const posture: CliCommand = {
  usage:
    'assay posture [--programme KEY [--requirement ID]] [--as-of YYYY-MM-DD] [--json] [--server http://localhost:4600] [--key-file FILE] [--insecure]',
  summary: 'Say which requirements fail, why, and whose task that is',
  async run(args, shell) {
    const { values } = parseArgs({
      args,
      options: {
        programme: { type: 'string' },
        requirement: { type: 'string' },
        'as-of': { type: 'string' },
        json: { type: 'boolean' },
        server: { type: 'string' },
        'key-file': { type: 'string' },
        insecure: { type: 'boolean' },
      },
    })
    const server = await serverOf(shell, values)
    const { language } = server
    const t = words[language]
    const { programme, requirement, 'as-of': asOf } = values
    if (requirement !== undefined && programme === undefined) throw new UsageError(t.needsProgramme)
    const { day, programmes } = await askFor(server, { programme, requirement, asOf })
    if (values.json) {
      shell.out(JSON.stringify({ day, programmes }, null, 2))
      return 0
    }
    shell.out(t.asOf(day))
    if (programmes.length === 0) shell.out(t.nothing)
    for (const one of programmes) {
      const audit = one.nextAudit === null ? '' : `; ${t.audit(one.nextAudit)}`
      shell.out('')
      shell.out(`${one.key}: ${inLanguage(one.name, language)}`)
      shell.out(`  ${countsLine(one.totals, language)}${audit}`)
      if (one.requirements.length === 0) shell.out(`  ${t.none}`)
      for (const each of one.requirements)
        for (const line of requirementLines(each, requirement !== undefined, language)) shell.out(`  ${line}`)
    }
    return 0
  },
}
