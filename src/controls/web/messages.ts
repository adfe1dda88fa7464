import { catalogue } from '../../web/i18n/paired.ts'
import { en } from './messages.en.ts'
import { ja } from './messages.ja.ts'

export const controlMessages = catalogue(en, ja)
