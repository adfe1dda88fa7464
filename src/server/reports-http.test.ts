import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Installation, makeInstallation } from '../../tests/support/archive.ts'
import { callerWith, foundHome, grantAll, type Home } from '../../tests/support/world.ts'
import { verify } from '../cli/verify.ts'
import { createProver } from '../log/server/prove.ts'
import { readZip, writeZip } from '../log/zip.ts'
import { createProgramme, decideApplicability } from '../programmes/server/commands.ts'
import { type Report, reportKinds, tablesOf } from '../reports/report.ts'
import { PdfPress } from '../reports/server/pdf.ts'
import { annexControls } from '../soa/controls-of.ts'
import { approveStatement, draftStatement } from '../soa/server/commands.ts'
import { openArchive } from '../tabular/node/zip.ts'
import { execute } from './execute.ts'
import { createHttp } from './http.ts'
import { routes } from './nouns.ts'
import { registerReportRoutes } from './reports-http.ts'
import type { Caller } from './runtime.ts'
import { registerStageOneRoutes } from './stage-one-http.ts'

let installation: Installation
let home: Home
let caller: Caller
let app: ReturnType<typeof createHttp>
let programme: string
const press = new PdfPress()
const text = { en: 'Because of it', ja: 'その理由' }

beforeAll(async () => {
  installation = await makeInstallation('reports')
  const { runtime, sealer, directory } = installation
  home = await foundHome(installation)
  caller = home.manager
  const authenticate = async () => caller
  app = createHttp({ runtime, routes, authenticate, log: () => undefined })
  registerReportRoutes(app, runtime, authenticate, press)
  registerStageOneRoutes(app, runtime, authenticate, { press, prove: createProver(directory, sealer.signer) })
  const made = await execute(runtime, home.owner, createProgramme, {
    ...{ key: 'isms', name: { en: 'ISMS', ja: 'ISMS 全社' }, edition: 'iso27001-2022', categories: [] },
    ...{ audiences: [], services: [], entities: [{ entityId: home.root.id, from: null, to: null }] },
    cycles: [{ from: '2022-01-01', to: '2024-12-31', auditOn: null }],
    ...{ ownerId: null, certificateId: null },
  })
  programme = made.id
  const edition = runtime.catalogue.editions.get('iso27001-2022')
  await execute(runtime, home.owner, decideApplicability, {
    ...{ id: programme, from: '2022-01-01', applicable: true, reasons: ['baseline'], justification: text },
    requirements: edition ? annexControls(edition) : [],
  })
  const { id, version } = await execute(runtime, home.owner, draftStatement, { id: programme })
  await execute(runtime, home.manager, approveStatement, { id, version })
})
afterAll(async () => {
  await app.close()
  await press.close()
  await installation.close()
})

const get = (path: string) => app.inject({ url: path })
const address = (kind: string, query = '') =>
  `/api/reports/${kind}${query}?language=en&programme=${programme}`

describe('reports over HTTP', () => {
  it('say the same on the screen and in the spreadsheet, cell by cell', async () => {
    for (const kind of reportKinds) {
      const { report, digest } = (await get(address(kind))).json<{ report: Report; digest: string }>()
      const book = await openArchive((await get(address(kind, '/xlsx'))).rawPayload)
      const parts = await Promise.all(
        book.names.filter((name) => name.endsWith('.xml')).map((name) => book.read(name)),
      )
      const xml = parts.map((part) => part.toString('utf8')).join('\n')
      const written = (value: string | number) =>
        String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
      expect(xml).toContain(digest)
      for (const cell of tablesOf(report).flatMap((table) => table.rows.flat()))
        if (cell !== null) expect(xml).toContain(written(cell))
    }
  })

  it('are the same bytes for the same day, also after something else was changed and tomorrow', async () => {
    const before = (await get(`${address('documented-information', '/pdf')}&asOf=2023-06-01`)).rawPayload
    await execute(installation.runtime, home.owner, decideApplicability, {
      ...{
        id: programme,
        from: '2023-07-01',
        applicable: false,
        justification: text,
        requirements: ['A.8.30'],
      },
    })
    installation.clock.set('2023-08-15T03:00:00.000Z')
    const after = (await get(`${address('documented-information', '/pdf')}&asOf=2023-06-01`)).rawPayload
    installation.clock.set('2023-07-31T03:00:00.000Z')
    expect(Buffer.compare(before, after)).toBe(0)
    const today = (await get(address('documented-information', '/pdf'))).rawPayload
    expect(Buffer.compare(before, today)).not.toBe(0)
  })

  it('are refused to strangers and to whoever may not read the programme', async () => {
    const other = await foundHome(installation, 'Other', 'other')
    caller = other.manager
    expect((await get(address('statement-of-applicability', '/pdf'))).statusCode).toBe(404)
    caller = callerWith(home.organisationId, [], installation.runtime.random)
    expect((await get(address('risk-assessment', '/xlsx'))).statusCode).toBe(403)
    caller = home.manager
    expect((await get('/api/reports/statement-of-applicability?language=en')).json()).toMatchObject({
      errors: [{ code: 'report.programme_missing' }],
    })
    expect((await get('/api/reports/everything/pdf?language=en')).statusCode).toBe(400)
  })
})

describe('the package for a stage 1 audit', () => {
  const make = () =>
    app.inject({ method: 'POST', url: `/api/programmes/${programme}/stage-one`, payload: { language: 'ja' } })

  async function verified(zip: Uint8Array): Promise<{ code: number; said: string }> {
    const folder = await mkdtemp(join(tmpdir(), 'assay-package-'))
    const path = join(folder, 'stage-one.zip')
    await writeFile(path, zip)
    const lines: string[] = []
    const say = (line: string) => void lines.push(line)
    const code = await verify.run([path, '--pins', join(folder, 'pins.json'), '--lang', 'en'], {
      ...{ out: say, fail: say, env: {}, fetch: () => Promise.reject(new Error('offline')) },
    } as unknown as Parameters<typeof verify.run>[1])
    await rm(folder, { recursive: true })
    return { code, said: lines.join('\n') }
  }

  it('is verified offline, and names the file of which one byte was changed', async () => {
    const { rawPayload } = await make()
    expect(await verified(rawPayload)).toMatchObject({ code: 0 })
    const files = readZip(rawPayload)
    for (const name of ['04-statement-of-applicability.pdf', 'index.json', 'SHA256SUMS']) {
      const changed = files.map((file) => {
        if (file.name !== name) return file
        const bytes = new Uint8Array(file.bytes)
        bytes[100] = (bytes[100] ?? 0) ^ 1
        return { name, bytes }
      })
      const { code, said } = await verified(writeZip(changed))
      expect(code).toBe(1)
      expect(said).toMatch(new RegExp(`\\[FAILS\\] R1 .*"${name.replaceAll('.', '\\.')}"`))
    }
  })

  it('proves its own entry and the approved statement, and its parts agree with each other', async () => {
    const files = new Map(readZip((await make()).rawPayload).map((file) => [file.name, file.bytes]))
    const proof = readZip(files.get('package.grcproof') ?? new Uint8Array())
    const statements = proof
      .filter((file) => file.name.endsWith('statement.json'))
      .map((file) => JSON.parse(Buffer.from(file.bytes).toString('utf8')) as { type: string })
    expect(statements.map((one) => one.type)).toEqual(['report-package.made', 'soa.approved'])
    const index = JSON.parse(Buffer.from(files.get('index.json') ?? []).toString('utf8')) as {
      asOf: string
      reports: { kind: string; version: string | null; asOf: string }[]
    }
    expect(index.asOf).toBe('2023-07-31')
    expect(index.reports.map((one) => one.kind)).toEqual([
      ...['scope-and-context', 'risk-assessment', 'risk-treatment-plan', 'statement-of-applicability'],
      ...['objectives', 'documented-information', 'asset-register'],
    ])
    expect(index.reports.find((one) => one.kind === 'statement-of-applicability')).toMatchObject({
      version: '1',
    })
  })

  it('is made by owners and managers only', async () => {
    caller = callerWith(home.organisationId, [grantAll('reader')], installation.runtime.random)
    expect((await make()).statusCode).toBe(403)
    caller = home.manager
  })
})
