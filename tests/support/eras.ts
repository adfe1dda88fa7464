const eras = [
  { letter: 'R', name: '令和', before: 2018, from: '2019-05-01' },
  { letter: 'H', name: '平成', before: 1988, from: '1989-01-08' },
] as const

const forms = [
  (year: number, month: number, day: number) => `${year}/${month}/${day}`,
  (year: number, month: number, day: number) => `${year}年${month}月${day}日`,
  ...([0, 1] as const).map((kind) => (year: number, month: number, day: number) => {
    const on = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    const era = eras.find(({ from }) => from <= on)
    if (!era) throw new Error(`no era of ${on}`)
    const ofEra = year - era.before
    return kind ? `${era.letter}${ofEra}.${month}.${day}` : `${era.name}${ofEra}年${month}月${day}日`
  }),
]

/** A CSV file with every cell that is a day written as people write days, each in another form than the one before. */
export function inOtherForms(csv: string): { csv: string; days: number } {
  let days = 0
  const changed = csv.replaceAll(/(?<=^|,)(\d{4})-(\d{2})-(\d{2})(?=,|\r?$)/gm, (_, year, month, day) => {
    const form = forms[days++ % forms.length] as (typeof forms)[number]
    return form(Number(year), Number(month), Number(day))
  })
  return { csv: changed, days }
}
