import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { SoaTotals } from '../gaps.ts'
import { soaStates } from '../soa-version.ts'
import { soaMessages } from './messages.ts'

/** Counts as one sentence: what a bar says to those who cannot see it. */
export function useTotalsText(): (totals: SoaTotals) => string {
  const t = useWords(soaMessages)
  const format = useFormat()
  return (totals) =>
    [
      t.counts(format.number(totals.applicable), format.number(totals.controls)),
      ...soaStates
        .filter((state) => totals[state] > 0)
        .map((state) => t.counted(t.states[state], format.number(totals[state]))),
    ].join(' · ')
}
