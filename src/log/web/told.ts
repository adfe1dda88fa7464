import { useWords } from '../../web/i18n/catalogue.ts'
import { logMessages } from './messages.ts'

/** What an entry's type says, in words: `certificate.registered` is "Certificate registered". */
export function useTold(): (type: string) => string {
  const t = useWords(logMessages)
  return (type) => {
    const [noun = '', verb = ''] = type.split('.')
    const [subject, happened] = [t.nouns[noun], t.verbs[verb]]
    return subject && happened ? t.told(subject, happened).replace(' :', ':') : type
  }
}
