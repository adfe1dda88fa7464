import { expect, test } from 'vitest'
import { addDays, daysBetween } from '../kernel/day.ts'
import { beginning, dayNumber, dayText, end, firstDay, lastDay } from './days.ts'

test('every day of two centuries has the number of its distance from 1970, and comes back', () => {
  const wrong: string[] = []
  for (let day = '1900-01-01', number = daysBetween('1970-01-01', day); day < '2199-12-31'; number++) {
    if (dayNumber(day) !== number || dayText(number) !== day) wrong.push(day)
    day = addDays(day, 1)
  }
  expect(wrong).toEqual([])
})

test('an open end lies beyond all days and fits a typed array', () => {
  expect([...Int32Array.of(firstDay(null), lastDay(null))]).toEqual([beginning, end])
  expect(firstDay('1900-01-01')).toBeGreaterThan(beginning)
  expect(lastDay('2199-12-31')).toBeLessThan(end)
})
