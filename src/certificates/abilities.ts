import { inLanguage, type Language, languages } from '../kernel/language.ts'
import type { Certificate } from './certificate.ts'
import type { CertificateState } from './cycle.ts'
import { abilityTexts } from './problems.ts'
import { stateWords } from './state-words.ts'

/** What somebody can do with a certificate, with the permission that each takes. */
export const abilityPermissions = {
  update: 'certificate.update',
  renew: 'certificate.renew',
  record: 'certificate.record',
  check: 'certificate.record',
  suspend: 'certificate.suspend',
  reinstate: 'certificate.suspend',
  withdraw: 'certificate.withdraw',
  restore: 'certificate.renew',
  transfer: 'certificate.renew',
} as const

export type Ability = keyof typeof abilityPermissions

export const abilityNames = Object.keys(abilityPermissions) as Ability[]

/** The states from which an action is possible; one that is not named here is possible from any. */
export const statesFor: Partial<Readonly<Record<Ability, readonly CertificateState[]>>> = {
  renew: ['planned', 'in-audit', 'active', 'suspended', 'lapsed-restorable', 'expired', 'withdrawn'],
  suspend: ['active'],
  reinstate: ['suspended'],
  withdraw: ['active', 'suspended', 'lapsed-restorable', 'expired', 'superseded'],
  restore: ['lapsed-restorable'],
  transfer: ['active'],
}

/** Why an action is not possible: a code, and its text for people. */
export type Refusal = { action: Ability; code: string; text: Record<Language, string> }

/** Everything besides the record that decides what is possible now. */
export type AbilityFrame = {
  state: CertificateState
  /** Whether the actor's roles allow a permission here. */
  can: (permission: string) => boolean
  /** False when the reader looks at another day or at earlier knowledge, where nothing can be changed. */
  present: boolean
}

function refusalCode(one: Certificate, action: Ability, frame: AbilityFrame): string | null {
  if (!frame.can(abilityPermissions[action])) return 'ability.not_permitted'
  if (!frame.present) return 'ability.other_day'
  if (action === 'check' && one.verificationUrl === null) return 'ability.no_verification_address'
  const possible = statesFor[action]
  if (possible === undefined || possible.includes(frame.state)) return null
  return frame.state === 'superseded' ? 'ability.superseded' : 'ability.other_state'
}

function textOf(code: string, action: Ability, state: CertificateState, language: Language): string {
  const words = (states: readonly CertificateState[]) =>
    states.map((one) => stateWords[language][one]).join(language === 'ja' ? '・' : ', ')
  return inLanguage(abilityTexts[code] ?? {}, language)
    .replace('{state}', words([state]))
    .replace('{needed}', words(statesFor[action] ?? []))
}

/** Every action that is not possible now, each with its reason; what is not listed is possible. */
export const refusalsOf = (one: Certificate, frame: AbilityFrame): Refusal[] =>
  abilityNames.flatMap((action) => {
    const code = refusalCode(one, action, frame)
    if (code === null) return []
    const [en, ja] = languages.map((language) => textOf(code, action, frame.state, language))
    return [{ action, code, text: { en: en ?? '', ja: ja ?? '' } }]
  })
