import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../kernel/day.ts'
import { dayWritten } from './read-day.ts'

test.each([
  ['2023-04-01', '2023-04-01'],
  ['2023/4/1', '2023-04-01'],
  ['2023.4.1', '2023-04-01'],
  ['2023年4月1日', '2023-04-01'],
  ['２０２３年４月１日', '2023-04-01'],
  ['令和5年4月1日', '2023-04-01'],
  ['令和元年5月1日', '2019-05-01'],
  ['R5.4.1', '2023-04-01'],
  ['R05/04/01', '2023-04-01'],
  ['H31.4.30', '2019-04-30'],
  ['平成元年1月8日', '1989-01-08'],
  ['S64.1.7', '1989-01-07'],
  [' 昭和39年10月10日 ', '1964-10-10'],
  ['2023-04-01T00:00:00', '2023-04-01'],
])('%s is %s', (text, day) => {
  expect(dayWritten(text)).toBe(day)
})

test.each([
  ['a day of no era', 'H31.5.1'],
  ['a day before its era', '令和元年4月30日'],
  ['no day of the calendar', '2023-02-29'],
  ['a year of two figures', '23/4/1'],
  ['an order that could be another', '04/01/2023'],
  ['a month alone', '2023年4月'],
  ['a serial number', '45017'],
  ['words', 'next spring'],
  ['nothing', ''],
])('%s is not guessed at: %s', (_, text) => {
  expect(dayWritten(text)).toBeNull()
})

test('every day of the era that holds is read back', () => {
  fc.assert(
    fc.property(fc.nat({ max: 4000 }), (after) => {
      const day = addDays('2019-05-01', after)
      const [year, month, date] = day.split('-').map(Number)
      expect(dayWritten(`令和${(year ?? 0) - 2018}年${month}月${date}日`)).toBe(day)
      expect(dayWritten(`R${(year ?? 0) - 2018}.${month}.${date}`)).toBe(day)
    }),
  )
})
