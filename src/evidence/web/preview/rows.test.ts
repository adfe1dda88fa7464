import { expect, it } from 'vitest'
import { rowsOf } from './rows.ts'

it('finds the list of objects in data that a tool left, with what is inside each', () => {
  expect(
    rowsOf({
      tool: 'nmap',
      about: [{ by: 'x' }],
      resources: [
        { resource: 'a', facts: { open: 0, ports: [22, 80] } },
        { resource: 'b', facts: { open: 2 }, note: null },
      ],
    }),
  ).toEqual({
    head: ['resource', 'facts.open', 'facts.ports', 'note'],
    rows: [
      ['a', '0', '[22,80]', ''],
      ['b', '2', '', 'null'],
    ],
    cut: false,
  })
})

it.each([[{}], [[]], [[1, 2]], ['text'], [null], [{ list: [{ a: 1 }, 2] }]])('is no table of %j', (value) => {
  expect(rowsOf(value)).toBeNull()
})

it('says that rows are left out', () => {
  const found = rowsOf(Array.from({ length: 501 }, (_, at) => ({ at })))
  expect([found?.rows.length, found?.cut]).toEqual([500, true])
})
