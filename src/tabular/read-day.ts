import { type Day, isDay } from '../kernel/day.ts'

/** Japanese eras by their names and letters, with the year before their first and the days on which they hold. */
const eras = [
  { names: ['令和', 'R'], before: 2018, from: '2019-05-01', to: '9999-12-31' },
  { names: ['平成', 'H'], before: 1988, from: '1989-01-08', to: '2019-04-30' },
  { names: ['昭和', 'S'], before: 1925, from: '1926-12-25', to: '1989-01-07' },
  { names: ['大正', 'T'], before: 1911, from: '1912-07-30', to: '1926-12-24' },
  { names: ['明治', 'M'], before: 1867, from: '1868-01-25', to: '1912-07-29' },
] as const

const written =
  /^(?:(?<era>令和|平成|昭和|大正|明治|[RHSTM])\s*(?<ofEra>\d{1,2}|元)|(?<year>\d{4}))\s*(?:年|[-/.])\s*(?<month>\d{1,2})\s*(?:月|[-/.])\s*(?<day>\d{1,2})\s*日?$/

const inOrder = (year: number, month: string, day: string): string =>
  `${String(year).padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`

/**
 * The day that people write in spreadsheets: `2023-04-01`, `2023/4/1`, `2023年4月1日`, or by Japanese era
 * (`令和5年4月1日`, `R5.4.1`, `H31.4.30`, `令和元年5月1日`), full-width figures included. Null for anything else, and for a
 * day on which its era did not hold: `H31.5.1` was never a date, and which one was meant is not for us to say.
 */
export function dayWritten(text: string): Day | null {
  const parts = written.exec(
    text
      .normalize('NFKC')
      .trim()
      .replace(/T00:00:00$/, ''),
  )?.groups
  if (!parts) return null
  const { era: name, ofEra, year, month = '', day = '' } = parts
  if (year !== undefined) {
    const plain = inOrder(Number(year), month, day)
    return isDay(plain) ? plain : null
  }
  const era = eras.find((one) => one.names.some((each) => each === name))
  if (!era) return null
  const found = inOrder(era.before + (ofEra === '元' ? 1 : Number(ofEra)), month, day)
  return isDay(found) && era.from <= found && found <= era.to ? found : null
}

/** The day that a cell has; anything else goes on as it is, so that the schema says what is wrong with it. */
export const dayOr = (text: string): string => dayWritten(text) ?? text
