import type { Language } from '../kernel/language.ts'

type Publisher = { name: Record<Language, string>; founders: readonly Record<Language, string>[] }

const same = (name: string) => ({ en: name, ja: name })

/**
 * Who publishes the shipped editions, by the `publisher` of their framework.json, in the words a page uses.
 * `founders` are the payment brands that founded the PCI SSC in 2006 (its own "About us").
 * CICA became part of CPA Canada in 2014; reports of the years around that name either.
 */
export const publishers: Readonly<Record<string, Publisher>> = {
  'AICPA and CPA Canada': {
    name: {
      en: 'the American Institute of Certified Public Accountants (AICPA) and the Canadian Institute of Chartered Accountants (CICA, now CPA Canada)',
      ja: '米国公認会計士協会（AICPA）およびカナダ勅許会計士協会（CICA、現CPA Canada）',
    },
    founders: [],
  },
  AICPA: {
    name: {
      en: 'the American Institute of Certified Public Accountants (AICPA)',
      ja: '米国公認会計士協会（AICPA）',
    },
    founders: [],
  },
  'ISO/IEC': {
    name: {
      en: 'the International Organization for Standardization (ISO) and the International Electrotechnical Commission (IEC)',
      ja: '国際標準化機構（ISO）および国際電気標準会議（IEC）',
    },
    founders: [],
  },
  'PCI SSC': {
    name: { en: 'the PCI Security Standards Council', ja: 'PCI Security Standards Council（PCI SSC）' },
    founders: [
      same('American Express'),
      same('Discover Financial Services'),
      same('JCB International'),
      same('Mastercard'),
      same('Visa'),
    ],
  },
}
