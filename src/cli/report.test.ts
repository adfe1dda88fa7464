import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Installation, makeInstallation } from '../../tests/support/archive.ts'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { pdfText } from '../../tests/support/pdf.ts'
import { foundHome, type Home } from '../../tests/support/world.ts'
import { createProver } from '../log/server/prove.ts'
import { createProgramme } from '../programmes/server/commands.ts'
import { PdfPress } from '../reports/server/pdf.ts'
import { execute } from '../server/execute.ts'
import { createHttp } from '../server/http.ts'
import { routes } from '../server/nouns.ts'
import { registerReportRoutes } from '../server/reports-http.ts'
import { registerStageOneRoutes } from '../server/stage-one-http.ts'
import { main } from './main.ts'
import { fileNameIn } from './report.ts'
import { verify } from './verify.ts'

let installation: Installation
let home: Home
let app: ReturnType<typeof createHttp>
let server: string
const press = new PdfPress()
const folder = temporaryDirectory('cli-report')
const at = (name: string) => join(folder.path, name)

async function run(words: string[], env: NodeJS.ProcessEnv = {}) {
  const out: string[] = []
  const failed: string[] = []
  const shell = {
    env: { ASSAY_KEY: 'owner', ...env },
    out: (line: string) => out.push(line),
    fail: (line: string) => failed.push(line),
    fetch,
  }
  const code = await main(['report', '--server', server, ...words], shell)
  return { code, out, failed }
}

beforeAll(async () => {
  installation = await makeInstallation('cli-report')
  const { runtime, sealer, directory } = installation
  home = await foundHome(installation)
  const authenticate = async (request: { headers: { 'accept-language'?: string | undefined } }) => ({
    ...home.owner,
    language: request.headers['accept-language'] === 'ja' ? ('ja' as const) : ('en' as const),
  })
  app = createHttp({ runtime, routes, authenticate, log: () => undefined })
  registerReportRoutes(app, runtime, authenticate, press)
  registerStageOneRoutes(app, runtime, authenticate, { press, prove: createProver(directory, sealer.signer) })
  await execute(runtime, home.owner, createProgramme, {
    ...{ key: 'isms', name: { en: 'ISMS', ja: 'ISMS 全社' }, edition: 'iso27001-2022', categories: [] },
    ...{ audiences: [], services: [], entities: [{ entityId: home.root.id, from: null, to: null }] },
    cycles: [{ from: '2022-01-01', to: '2024-12-31', auditOn: null }],
    ...{ ownerId: null, certificateId: null },
  })
  server = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await app.close()
  await press.close()
  await installation.close()
  folder.remove()
})

describe('assay report', () => {
  it('writes a report of a day as a file, in the language of the terminal or another', async () => {
    const words = ['statement-of-applicability', '--programme', 'isms', '--as-of', '2023-03-31']
    const { code, failed } = await run([...words, '--out', at('soa.pdf')], { LANG: 'ja_JP.UTF-8' })
    expect([code, failed]).toEqual([0, []])
    const { text } = await pdfText(readFileSync(at('soa.pdf')))
    // Layout decides where blanks are.
    expect(text.replaceAll(/\s+/g, '')).toMatch(/2023-03-31.*ISMS全社|ISMS全社.*2023-03-31/)
    const other = ['--language', 'en', '--format', 'csv', '--out', at('soa.csv')]
    expect((await run([...words, ...other], { LANG: 'ja_JP.UTF-8' })).code).toBe(0)
    expect(readFileSync(at('soa.csv'), 'utf8')).toMatch(/Control/)
  })

  it('writes the package for a stage 1 audit, which the verifier accepts', async () => {
    const path = at('package.zip')
    expect((await run(['stage-one', '--programme', 'isms', '--out', path])).code).toBe(0)
    const quiet = { env: {}, out: () => undefined, fail: () => undefined, fetch }
    expect(await verify.run([path, '--pins', at('pins.json')], quiet)).toBe(0)
  })

  it('says what is wrong, in the language of the terminal, and writes nothing', async () => {
    const refused: [words: string[], code: number, said: RegExp][] = [
      [['balance-sheet'], 2, /statement-of-applicability, risk-assessment/],
      [['risk-assessment', '--format', 'docx'], 2, /pdf, xlsx, csv/],
      [['risk-assessment', '--language', 'fr'], 2, /en or ja/],
      [['stage-one'], 2, /--programme/],
      [['risk-assessment', '--programme', 'soc'], 2, /There are: isms/],
      [['risk-assessment', '--as-of', '2023-02-30'], 1, /./],
      [['statement-of-applicability'], 1, /programme/i],
      [['risk-assessment', '--server', 'http://127.0.0.1:9'], 1, /./],
    ]
    for (const [words, code, said] of refused) {
      const told = await run([...words, '--out', at('nothing')])
      expect([words, told.code]).toEqual([words, code])
      expect(told.failed.join('\n')).toMatch(said)
    }
    expect(existsSync(at('nothing'))).toBe(false)
    expect((await run(['stage-one'], { LANG: 'ja_JP.UTF-8' })).failed[0]).toContain('必要です')
  })

  it('does not write over a file', async () => {
    const { code, failed } = await run(['risk-assessment', '--out', at('package.zip')])
    expect([code, failed[0]]).toEqual([1, expect.stringContaining('is there already')])
  })

  it('lets a server name a file, and no place', () => {
    expect(fileNameIn('attachment; filename="risks-2023.pdf"', 'x.pdf')).toBe('risks-2023.pdf')
    for (const name of ['../x', '/etc/passwd', '.profile', 'C:\\x', 'a b', ''])
      expect(fileNameIn(`attachment; filename="${name}"`, 'x.pdf')).toBe('x.pdf')
    expect(fileNameIn(null, 'x.pdf')).toBe('x.pdf')
  })
})
