import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)))
const sources = tracked.filter(
  (path) => /\.(ts|tsx)$/.test(path) && /^(src|packages)\//.test(path) && !path.endsWith('.gen.ts'),
)
const text = (path: string) => readFileSync(join(root, path), 'utf8')

type Import = { from: string; to: string; typeOnly: boolean }

function importsOf(path: string): Import[] {
  const found = [
    ...text(path).matchAll(
      /(?:^|\n)\s*(import|export)(\s+type)?\s[^'"]*?from\s+['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)/g,
    ),
  ]
  return found.map((match) => ({
    from: path,
    to: normalize(join(dirname(path), match[3] ?? match[4] ?? '')),
    typeOnly: match[2] !== undefined,
  }))
}

const imports = sources.filter((path) => !path.includes('.test.')).flatMap(importsOf)

// The order of the nouns: a later one may use an earlier one, never the other way round.
const nouns =
  'access log organisation people assets frameworks policies programmes context objectives controls risks evidence checks scans posture soa documented-information audits certificates calendar handover reports onboarding trust'.split(
    ' ',
  )
const shells = ['server', 'web', 'cli', 'adapters']
const folder = (path: string) => path.split('/')[1] ?? ''
const isNoun = (path: string) => path.startsWith('src/') && nouns.includes(folder(path))

/** Which ring a file belongs to: kernel, record (pure), db, server part of a noun, web part of a noun, shell. */
function ring(path: string): string {
  if (path.startsWith('packages/')) return 'tlog'
  const top = folder(path)
  if (top === 'kernel' || top === 'tabular') return 'kernel'
  if (top === 'db') return 'db'
  if (shells.includes(top)) return top
  if (isNoun(path))
    return path.split('/')[2] === 'server'
      ? 'noun/server'
      : path.split('/')[2] === 'web'
        ? 'noun/web'
        : 'record'
  return 'root'
}

const mayImport: Readonly<Record<string, readonly string[]>> = {
  tlog: ['tlog'],
  kernel: ['kernel'],
  record: ['kernel', 'record', 'tlog'],
  db: ['kernel', 'record', 'db'],
  adapters: ['kernel', 'db', 'adapters'],
  'noun/server': ['kernel', 'record', 'db', 'noun/server', 'tlog'],
  'noun/web': ['kernel', 'record', 'noun/web', 'web'],
  web: ['kernel', 'record', 'noun/web', 'web', 'tlog'],
  server: ['kernel', 'record', 'db', 'noun/server', 'server', 'adapters', 'tlog', 'root'],
  cli: ['kernel', 'record', 'cli', 'tlog', 'db', 'server', 'noun/server', 'adapters', 'root'],
  root: ['kernel', 'record', 'db', 'noun/server', 'server', 'adapters', 'tlog', 'root', 'cli'],
}

describe('imports', () => {
  it('go inwards only: kernel <- record <- db <- commands <- shell', () => {
    const wrong = imports.filter(({ from, to }) => !mayImport[ring(from)]?.includes(ring(to)))
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  it('of a noun go to earlier nouns only', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        isNoun(from) &&
        isNoun(to) &&
        nouns.indexOf(folder(from)) < nouns.indexOf(folder(to)) &&
        ring(from) !== 'noun/web',
    )
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  it('of other nouns reach queries and commands, never their insides', () => {
    const wrong = imports.filter(
      ({ from, to, typeOnly }) =>
        isNoun(from) &&
        ring(to) === 'noun/server' &&
        folder(from) !== folder(to) &&
        !typeOnly &&
        folder(to) !== 'log' &&
        !/\/server\/(queries|commands|load|public|[a-z-]*queries|[a-z-]*commands)\.ts$/.test(to),
    )
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  it('form no circle', () => {
    const graph = Map.groupBy(
      imports.filter(({ typeOnly }) => !typeOnly),
      ({ from }) => from,
    )
    const state = new Map<string, 'open' | 'done'>()
    const circles: string[] = []
    const visit = (path: string, trail: readonly string[]): void => {
      if (state.get(path) === 'done') return
      if (state.get(path) === 'open') {
        circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
        return
      }
      state.set(path, 'open')
      for (const { to } of graph.get(path) ?? []) visit(to, [...trail, path])
      state.set(path, 'done')
    }
    for (const path of graph.keys()) visit(path, [])
    expect(circles).toEqual([])
  })
})

describe('promises of the code', () => {
  it('only execute(), the sealer and the log itself open a write transaction', () => {
    const allowed =
      /^src\/(db\/(transaction|snapshot)\.ts|server\/(execute|setup|session|auth[\w-]*|demo[\w-]*)\.ts|log\/server\/|server\/archive\/import\.ts)/
    const users = sources.filter(
      (path) => !path.includes('.test.') && /\bwriting\(|\.transaction\(\)/.test(text(path)),
    )
    expect(users.filter((path) => !allowed.test(path))).toEqual([])
  })

  it('the environment is read in one file', () => {
    const readers = sources.filter((path) => /process\.env\b/.test(text(path)) && !path.includes('.test.'))
    expect(
      readers.filter(
        (path) => !['src/main.ts', 'src/config.ts'].includes(path) && !path.startsWith('src/cli/'),
      ),
    ).toEqual([])
  })

  it('no type is escaped without its reason on the same line', () => {
    const escapes = sources.flatMap((path) =>
      text(path)
        .split('\n')
        .map((line, index) => ({ line, where: `${path}:${index + 1}` }))
        .filter(
          ({ line }) =>
            /\bas any\b|: any\b|@ts-ignore|@ts-expect-error|@ts-nocheck/.test(
              line.replace(/^\s*(\/?\*|\/\/ (?!@ts)).*/, ''),
            ) || /biome-ignore(?! lint\/[\w/]+: .{10})/.test(line),
        ),
    )
    expect(escapes.map(({ where }) => where)).toEqual([])
  })

  it('packages/tlog has no dependency', () => {
    const manifest = JSON.parse(text('packages/tlog/package.json'))
    expect([manifest.dependencies, manifest.peerDependencies, manifest.optionalDependencies]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('files are found in a path with spaces: the path of a URL is percent-encoded', () => {
    const encoded = tracked.filter(
      (path) => /\.(ts|mjs)$/.test(path) && /import\.meta\.url\)\.pathname/.test(text(path)),
    )
    expect(encoded).toEqual([])
  })

  it('nothing is left unfinished or skipped', () => {
    const words = /\b(TODO|FIXME|XXX|HACK)\b|coming soon|lorem ipsum/i
    const here = 'tests/tidy.test.ts'
    const unfinished = tracked.filter(
      (path) => /\.(ts|tsx|mjs|md|sql|css)$/.test(path) && path !== here && words.test(text(path)),
    )
    const idle = tracked.filter(
      (path) =>
        /\.test\.tsx?$/.test(path) &&
        path !== here &&
        /\b(describe|it|test)\.(only|skip|todo)\b/.test(text(path)),
    )
    expect({ unfinished, idle }).toEqual({ unfinished: [], idle: [] })
  })
})

describe('sizes', () => {
  it('keep most files short enough to read at once', () => {
    const lines = sources
      .filter((path) => !path.includes('.test.') && !/messages|problems/.test(path))
      .map((path) => text(path).split('\n').length)
      .sort((a, b) => a - b)
    const at = (share: number) => lines[Math.floor(lines.length * share)] ?? 0
    expect(at(0.5)).toBeLessThanOrEqual(120)
    expect(at(0.9)).toBeLessThanOrEqual(260)
  })
})

describe('one word per idea', () => {
  // The word on the right is the one of docs/glossary.md.
  const synonyms: Readonly<Record<string, RegExp>> = {
    organisation: /(?<!multi-)\btenants?\b/i,
    'sign in': /\blogin\b|\blogged in\b|\blog in (to|with|as)\b/i,
    entity: /\bbusiness unit\b/i,
    certificate: /\bcert\b/i,
    grant: /\brole assignment\b/i,
  }

  it('no text for people uses another word for it', () => {
    const texts = tracked.filter(
      (path) => /(messages(\.en)?|problems)\.ts$/.test(path) && path.startsWith('src/'),
    )
    const found = texts.flatMap((path) =>
      Object.entries(synonyms).flatMap(([word, pattern]) =>
        pattern.test(text(path)) ? [`${path}: say ${word}`] : [],
      ),
    )
    expect(texts.length).toBeGreaterThan(5)
    expect(found).toEqual([])
  })
})
