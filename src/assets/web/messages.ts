import { catalogue } from '../../web/i18n/paired.ts'
import { english } from './messages.en.ts'
import { japanese } from './messages.ja.ts'

export const assetMessages = catalogue(english, japanese)
