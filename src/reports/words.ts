import type { Language } from '../kernel/language.ts'

/** Words of the frame around every report. */
const frameWords = {
  en: {
    organisation: 'Organisation',
    asOf: 'As of',
    knownAt: 'Known at',
    version: 'Version',
    integrity: 'Integrity',
    levels: ['Level 0: recorded', 'Level 1: sealed in the log of the organisation'],
    digest: 'Content SHA-256',
    state: 'State of a day, not an approved version',
    about: 'About',
    marks: (asOf: string, version: string | null) =>
      version === null ? `as of ${asOf}` : `version ${version}, as of ${asOf}`,
  },
  ja: {
    organisation: '組織',
    asOf: '基準日',
    knownAt: '記録の時点',
    version: '版',
    integrity: '完全性',
    levels: ['レベル0: 記録済み', 'レベル1: 組織のログで封印済み'],
    digest: '内容の SHA-256',
    state: '承認された版ではなく、基準日の状態',
    about: '概要',
    marks: (asOf: string, version: string | null) =>
      version === null ? `${asOf} 時点` : `第${version}版・${asOf} 時点`,
  },
} as const

export const wordsFor = (language: Language) => frameWords[language]
