import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { findBrowser } from './browser.mjs'
import { type PagePath, pagesInside, type ReadJson } from './page-list.ts'

/*
 * npm run screenshots: starts the application with its demo in a fresh data directory and takes every page in both
 * languages and themes at 1440 and 390 px into screenshots/. Also runs axe on each, and fails on any finding and on
 * anything that the browser complains about, above all a refusal by the content policy.
 *   --url and --cookie picture a running installation instead; --only takes the pages whose name contains a text (it may be repeated),
 *   --look the looks whose name does, such as en-light-1440.
 */
const root = fileURLToPath(new URL('../', import.meta.url))
const out = join(root, 'screenshots')
const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    cookie: { type: 'string' },
    only: { type: 'string', multiple: true },
    look: { type: 'string' },
  },
})

const axeSource = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

type Target = { url: string; cookie: string }
type Look = { language: 'en' | 'ja'; theme: 'light' | 'dark'; width: number }

const looks: Look[] = (['en', 'ja'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((theme) => [1440, 390].map((width) => ({ language, theme, width }))),
)

const lookName = ({ language, theme, width }: Look) => `${language}-${theme}-${width}`

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

async function until<T>(what: string, seconds: number, look: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + seconds * 1000
  while (Date.now() < end) {
    const found = await look().catch(() => null)
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`${what} took longer than ${seconds} seconds`)
}

/** Starts the demo and signs in as the first of its owners. Returns what stops and removes it. */
async function startDemo(): Promise<Target & { stop: () => Promise<void> }> {
  const data = mkdtempSync(join(tmpdir(), 'assay-screenshots-'))
  const url = `http://localhost:${await freePort()}`
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: { ...process.env, PORT: new URL(url).port, ASSAY_DATA: data, ASSAY_DEMO: '1', ASSAY_URL: url },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  let stopping = false
  const ended = new Promise<void>((resolve) =>
    child.once('exit', (code, signal) => {
      if (!stopping) console.error(`The demo ended by itself: ${signal ?? `exit code ${code}`}.`)
      resolve()
    }),
  )
  const stop = async () => {
    stopping = true
    child.kill('SIGTERM')
    await ended
    rmSync(data, { recursive: true, force: true })
  }
  try {
    const people = await until('the demo', 120, async () => {
      const response = await fetch(`${url}/api/demo/people`)
      const body = (await response.json()) as { items: { id: string; roles: string[] }[] }
      return response.ok && body.items.length > 0 ? body.items : null
    })
    const person = people.find(({ roles }) => roles.includes('owner')) ?? people[0]
    const response = await fetch(`${url}/api/demo/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ personId: person?.id }),
    })
    const cookie = response.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    return { url, cookie, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Every page, those outside the sign-in too. */
async function shotsOf({ url, cookie }: Target): Promise<PagePath[]> {
  const read: ReadJson = async <T>(path: string) =>
    (await (await fetch(url + path, { headers: { cookie } })).json()) as T
  return [
    { name: 'sign-in', path: '/app/sign-in' },
    ...(await pagesInside(read)),
    { name: 'public', path: '/en/' },
  ]
}

async function contextFor(browser: Browser, target: Target, look: Look): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width > 600 ? 900 : 844 },
    deviceScaleFactor: 1,
    reducedMotion: 'reduce',
    colorScheme: look.theme,
    locale: look.language === 'ja' ? 'ja-JP' : 'en-GB',
  })
  const pairs = [...target.cookie.split('; '), `assay-language=${look.language}`].filter(Boolean)
  await context.addCookies(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return { name, value: value.join('='), url: target.url }
    }),
  )
  return context
}

type Finding = { id: string; help: string; nodes: { target: unknown[] }[] }

/** Takes one page and returns what is wrong with it. */
async function take(context: BrowserContext, target: Target, shot: PagePath, look: Look): Promise<string[]> {
  const page = await context.newPage()
  const wrong: string[] = []
  page.on('console', (message) => {
    // The browser reports every refused request; which of them matter, the page itself says.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      wrong.push(message.text())
  })
  page.on('pageerror', (error) => wrong.push(String(error)))
  const path = shot.name === 'public' ? `/${look.language}/` : shot.path
  await page.goto(target.url + path, { waitUntil: 'networkidle' })
  await page.evaluate('document.fonts.ready')
  await page.waitForTimeout(400)
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
  if (wide > 0) wrong.push(`is ${wide} px wider than the window`)
  const file = `${shot.name}-${lookName(look)}.png`
  // As tall as its content, as far as somebody looks: a picture of more than the window would be taken while the page is still adapting.
  const height = await page.evaluate<number>('document.documentElement.scrollHeight')
  await page.setViewportSize({ width: look.width, height: Math.min(Math.max(height, 844), 2000) })
  await page.waitForTimeout(150)
  await page.screenshot({ path: join(out, file) })
  await page.evaluate(axeSource)
  const findings = await page.evaluate<Finding[]>('axe.run().then((result) => result.violations)')
  for (const { id, help, nodes } of findings)
    wrong.push(
      `axe ${id}: ${help} (${nodes.length}: ${nodes
        .slice(0, 3)
        .map((node) => node.target.join(' '))
        .join(', ')})`,
    )
  await page.close()
  return wrong.map((text) => `${file}: ${text}`)
}

async function takeAll(target: Target): Promise<string[]> {
  const executablePath = findBrowser()
  if (!executablePath) throw new Error('no Chromium was found')
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ]
  const browser = await chromium.launch({ executablePath, args })
  const wrong: string[] = []
  try {
    const { only } = options
    const shots = (await shotsOf(target)).filter(
      ({ name }) => !only || only.some((text) => name.includes(text)),
    )
    for (const look of looks.filter((one) => lookName(one).includes(options.look ?? ''))) {
      const context = await contextFor(browser, target, look)
      const stranger = await contextFor(browser, { ...target, cookie: '' }, look)
      for (const shot of shots)
        wrong.push(...(await take(shot.name === 'sign-in' ? stranger : context, target, shot, look)))
      await context.close()
      await stranger.close()
      console.log(`${shots.length} pages as ${lookName(look)}`)
    }
  } finally {
    await browser.close()
  }
  return wrong
}

mkdirSync(out, { recursive: true })
const demo = options.url
  ? { url: options.url, cookie: options.cookie ?? '', stop: async () => undefined }
  : await startDemo()
try {
  const wrong = await takeAll(demo)
  for (const line of wrong) console.error(line)
  console.log(wrong.length === 0 ? 'Nothing to complain about.' : `${wrong.length} complaints.`)
  process.exitCode = wrong.length === 0 ? 0 : 1
} finally {
  await demo.stop()
}
