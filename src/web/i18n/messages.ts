import { en } from './messages.en.ts'
import { ja } from './messages.ja.ts'
import { catalogue } from './paired.ts'

/** The words of the shell: navigation, top bar, forms, tables. Each noun has its own beside its pages. */
export const shellMessages = catalogue(en, ja)

export type ShellWords = (typeof shellMessages)['ja']
