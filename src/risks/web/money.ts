import type { Language } from '../../kernel/language.ts'
import { digitsOf } from '../currency.ts'

const locale = (language: Language) => (language === 'ja' ? 'ja-JP' : 'en-GB')

/** Minor units as a price in the reader's language: 12000000 JPY is ￥12,000,000, 9550 USD is US$95.50. */
export const money = (amount: number, currency: string, language: Language): string =>
  new Intl.NumberFormat(locale(language), { style: 'currency', currency }).format(
    amount / 10 ** digitsOf(currency),
  )

/** As {@link money} in three digits, for axes and estimates: ￥12M, 1,200万円. */
export const shortMoney = (amount: number, currency: string, language: Language): string =>
  new Intl.NumberFormat(locale(language), {
    ...{ style: 'currency', currency, notation: 'compact', maximumSignificantDigits: 3 },
  }).format(amount / 10 ** digitsOf(currency))

export const toMinor = (amount: number, currency: string): number =>
  Math.round(amount * 10 ** digitsOf(currency))

export const fromMinor = (amount: number, currency: string): number => amount / 10 ** digitsOf(currency)

/** Currencies to choose from, those of the organisation's usual business first. */
export const currencies = ['JPY', 'USD', 'EUR', 'GBP', 'KRW', 'CNY', 'TWD', 'THB', 'IDR', 'SGD', 'AUD', 'CHF']
