import { useRead } from '../../web/data.ts'
import type { EditionSummary } from './shapes.ts'

/** Whether an edition is of a management system (ISO/IEC 27001), by its family; false for all until the list is here. */
export function useIsIsms(): (edition: string) => boolean {
  const read = useRead<{ items: EditionSummary[] }>('/api/frameworks')
  const isms = new Set(
    (read.data?.items ?? []).filter((one) => one.family === 'iso27001').map((one) => one.key),
  )
  return (edition) => isms.has(edition)
}
