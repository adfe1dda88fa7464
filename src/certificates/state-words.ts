import type { Language } from '../kernel/language.ts'
import type { CertificateState } from './cycle.ts'

/** The states as people read them. */
export const stateWords: Readonly<Record<Language, Readonly<Record<CertificateState, string>>>> = {
  en: {
    planned: 'Planned',
    'in-audit': 'In audit',
    active: 'Active',
    suspended: 'Suspended',
    'lapsed-restorable': 'Lapsed, restorable',
    expired: 'Expired',
    withdrawn: 'Withdrawn',
    superseded: 'Superseded',
  },
  ja: {
    planned: '予定',
    'in-audit': '審査中',
    active: '有効',
    suspended: '一時停止',
    'lapsed-restorable': '失効（復帰可能）',
    expired: '期限切れ',
    withdrawn: '取消し',
    superseded: '後継あり',
  },
}
