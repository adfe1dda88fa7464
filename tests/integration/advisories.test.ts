import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { advisories } from '../advisories.ts'

const file = (path: string) => new URL(`../../${path}`, import.meta.url)

it('every published advisory of the list has its row, once', () => {
  expect(advisories.map(({ row }) => row)).toEqual(Array.from({ length: 55 }, (_, index) => index + 1))
})

it('every row names tests that are there under exactly their titles', () => {
  const missing = advisories.flatMap(({ row, tests }) =>
    tests.flatMap(([path, title]) => {
      if (!existsSync(file(path))) return [`${row}: no file ${path}`]
      const text = readFileSync(file(path), 'utf8')
      const titled = ["'", '"', '`'].some((quote) => text.includes(`${quote}${title}${quote}`))
      return titled ? [] : [`${row}: no test "${title}" in ${path}`]
    }),
  )
  expect(missing).toEqual([])
})

it('every row has a rule and at least one test, and says why where it has no object', () => {
  for (const { row, lesson, absent, tests } of advisories) {
    expect([row, lesson.length > 20, tests.length > 0, absent === null || absent.length > 20]).toEqual([
      row,
      true,
      true,
      true,
    ])
  }
})
