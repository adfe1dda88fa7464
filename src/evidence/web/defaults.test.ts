import { describe, expect, it } from 'vitest'
import { timesFor, titleFrom } from './defaults.ts'

const july = { from: '2023-07-01', to: '2023-07-31' }
const at = (text: string) => Date.parse(text)

describe('the times of an upload', () => {
  it('are the period of its task up to today, collected on the day of the file', () => {
    expect(timesFor(july, at('2023-08-02T01:00:00Z'), '2023-08-05', 'Asia/Tokyo')).toEqual({
      aboutFrom: '2023-07-01',
      aboutTo: '2023-07-31',
      collectedOn: '2023-08-02',
      collectedAt: '2023-08-02T01:00:00.000Z',
    })
    expect(timesFor(july, null, '2023-07-20', 'UTC')).toMatchObject({
      aboutTo: '2023-07-20',
      collectedOn: '2023-07-20',
    })
  })

  it('never speak of days after the file was finished', () => {
    expect(timesFor(july, at('2023-07-12T09:00:00Z'), '2023-08-05', 'UTC')).toMatchObject({
      aboutFrom: '2023-07-01',
      aboutTo: '2023-07-12',
      collectedOn: '2023-07-12',
    })
  })

  it('count days where the organisation is', () => {
    const late = at('2023-07-12T16:00:00Z')
    expect(timesFor(july, late, '2023-07-20', 'Asia/Tokyo').collectedOn).toBe('2023-07-13')
    expect(timesFor(july, late, '2023-07-20', 'UTC').collectedOn).toBe('2023-07-12')
  })

  it('do not believe a file that is older than the period or from the future', () => {
    for (const odd of ['2019-01-01T00:00:00Z', '2030-01-01T00:00:00Z'])
      expect(timesFor(july, at(odd), '2023-08-05', 'UTC')).toEqual({
        aboutFrom: '2023-07-01',
        aboutTo: '2023-07-31',
        collectedOn: '2023-08-05',
        collectedAt: null,
      })
  })

  it('are one day without a period, and today before a period begins', () => {
    expect(timesFor(null, at('2023-07-12T09:00:00Z'), '2023-08-05', 'UTC')).toMatchObject({
      aboutFrom: '2023-07-12',
      aboutTo: '2023-07-12',
      collectedOn: '2023-07-12',
    })
    expect(timesFor(july, null, '2023-06-20', 'UTC')).toMatchObject({
      aboutFrom: '2023-06-20',
      aboutTo: '2023-06-20',
    })
  })
})

describe('a title from a file name', () => {
  it.each([
    ['access_review_2023-Q2.final.pdf', 'access review 2023-Q2.final'],
    ['C:\\Users\\a\\復元試験.xlsx', '復元試験'],
    ['\u202Efdp.exe', 'fdp'],
    ['.env', '.env'],
    [`${'x'.repeat(300)}.txt`, 'x'.repeat(200)],
  ])('%j', (name, title) => {
    expect(titleFrom(name)).toBe(title)
  })
})
