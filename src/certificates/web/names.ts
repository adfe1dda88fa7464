import type { Scheme } from '../../frameworks/scheme.ts'
import type { EditionSummary } from '../../frameworks/web/shapes.ts'
import type { LocalText } from '../../kernel/language.ts'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Tone } from '../../web/ui/State.tsx'
import type { CertificateState } from '../cycle.ts'
import { certificateMessages } from './messages.ts'

type Named = { id: string; name: LocalText }

/** What the pages of certificates call things that a record refers to by key or id. */
export function useNames() {
  const format = useFormat()
  const t = useWords(certificateMessages)
  const schemes = useRead<{ items: Scheme[] }>('/api/schemes').data?.items ?? []
  const entities = useRead<{ items: Named[] }>('/api/entities').data?.items ?? []
  const services = useRead<{ items: Named[] }>('/api/services').data?.items ?? []
  const editions = useRead<{ items: EditionSummary[] }>('/api/frameworks').data?.items ?? []
  const named = (items: readonly Named[], id: string) => format.text(items.find((one) => one.id === id)?.name)
  return {
    schemes,
    entities,
    services,
    editions,
    scheme: (key: string) => format.text(schemes.find((one) => one.key === key)?.name) || key,
    entity: (id: string) => named(entities, id),
    service: (id: string) => named(services, id),
    edition: (key: string) => editions.find((one) => one.key === key)?.name[format.language] ?? key,
    /** The name of a step, of an event or of an edge of the cycle; a repeated step carries its number. */
    step: (key: string, kind?: string): string => {
      const words: Record<string, string> = { ...t.stepKinds, ...t.eventKinds, ...t.steps }
      const [, base = '', number = ''] = /^(.*)-(\d+)$/.exec(key) ?? []
      return words[key] ?? (words[base] ? `${words[base]} ${number}` : (words[kind ?? ''] ?? key))
    },
  }
}

export type Names = ReturnType<typeof useNames>

export const stateTones: Record<CertificateState, Tone> = {
  planned: 'none',
  'in-audit': 'accent',
  active: 'met',
  suspended: 'partial',
  'lapsed-restorable': 'failing',
  expired: 'failing',
  withdrawn: 'none',
  superseded: 'none',
}
