import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { logMessages } from '../src/log/web/messages.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

/** Every type of entry that the program writes: the third argument of `save` and `saveAll`. */
const types = new Set(
  globSync('src/**/*.ts', { cwd: root })
    .filter((path) => !path.includes('.test.'))
    .flatMap((path) => [
      ...readFileSync(`${root}${path}`, 'utf8').matchAll(
        /\bsave(?:All)?\(\s*\w+,\s*\w+,\s*'([\w-]+)\.([\w-]+)'/g,
      ),
    ])
    .map(([, noun, verb]) => `${noun}.${verb}`),
)

describe.each(['en', 'ja'] as const)('what the log tells, in %s', (language) => {
  it('is in words, whatever happened', () => {
    const { nouns, verbs } = logMessages[language]
    const silent = [...types].filter((type) => {
      const [noun = '', verb = ''] = type.split('.')
      return !(nouns[noun] && verbs[verb])
    })
    expect(types.size).toBeGreaterThan(80)
    expect(silent).toEqual([])
  })
})
