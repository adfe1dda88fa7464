import { type Item, itemOf, type Parsed, UnreadableOutput } from '../collection.ts'
import { isObject, type Json, listOf, objectsOf, readJson, textOf } from './json.ts'

type Row = {
  id: string
  ip: string
  port: string
  severity: string
  finding: string
  cve: string[]
  cwe: string
}

function rowOf(one: Json): Row {
  const text = (name: string) => textOf(one[name]) ?? ''
  return {
    id: text('id'),
    ip: text('ip'),
    port: text('port'),
    severity: text('severity'),
    finding: text('finding'),
    cve: text('cve').split(/\s+/).filter(Boolean),
    cwe: text('cwe'),
  }
}

// Of these testssl.sh says how the scan went, not how the server is.
const troubles = new Set(['WARN', 'FATAL'])
const bad = new Set(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'])

function itemOfTarget(key: string, rows: readonly Row[]): Item {
  const [host = '', ip = '', port = ''] = key.split('\n')
  const names = [...new Set([host, ip])].filter(Boolean)
  const trouble = rows.find(({ severity }) => troubles.has(severity))
  const said = rows.filter(({ severity }) => !troubles.has(severity))
  const protocols = said.filter(({ id }) => /^(SSLv[23]|TLS1(_[123])?)$/.test(id))
  return itemOf(
    [...names.map((name) => `${name}:${port}`), ...names],
    {
      port: Number(port) || 0,
      offered: protocols.filter(({ finding }) => /^offered/.test(finding)).map(({ id }) => id),
      worst:
        ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'].find((one) => said.some(({ severity }) => severity === one)) ??
        'OK',
      findings: said
        .filter(({ severity }) => bad.has(severity))
        .map(({ ip: _ip, port: _port, ...row }) => row),
      tests: Object.fromEntries(
        said.map(({ id, severity, finding }) => [id, { severity, finding: finding.slice(0, 1000) }]),
      ),
    },
    trouble ? `${trouble.id}: ${trouble.finding}` : null,
  )
}

/** The rows of the flat form, and of the pretty form, where they stand in lists of each scanned service. */
function rowsIn(value: unknown): Row[] {
  if (Array.isArray(value)) return objectsOf(value).map(rowOf)
  if (!isObject(value)) return []
  return objectsOf(value.scanResult).flatMap((scan) => {
    const place = {
      ip: `${textOf(scan.targetHost) ?? ''}/${textOf(scan.ip) ?? ''}`,
      port: textOf(scan.port) ?? '',
    }
    return Object.values(scan).flatMap((list) =>
      objectsOf(listOf(list)).map((one) => rowOf({ ...place, ...one })),
    )
  })
}

/** `testssl.sh --jsonfile`. A scan that could not be made is an error; one with warnings was not complete. */
export function parseTestssl(text: string): Parsed {
  const rows = rowsIn(readJson(text)).filter(({ id }) => id !== '')
  const fatal = rows.find(({ severity, id }) => severity === 'FATAL' || id === 'scanProblem')
  if (fatal) throw new UnreadableOutput('failed', `${fatal.id}: ${fatal.finding}`)
  const targets = Map.groupBy(
    rows.filter(({ ip, port }) => ip !== '' && ip !== '/' && port !== ''),
    ({ ip, port }) => {
      const at = ip.lastIndexOf('/')
      return [at < 0 ? ip : ip.slice(0, at), at < 0 ? '' : ip.slice(at + 1), port].join('\n')
    },
  )
  if (targets.size === 0) throw new UnreadableOutput('not-it', 'no scanned service')
  return {
    tool: { name: 'testssl.sh', version: null },
    startedAt: null,
    endedAt: null,
    items: [...targets].map(([key, own]) => itemOfTarget(key, own)),
  }
}
