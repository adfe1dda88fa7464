import { useRead } from '../../web/data.ts'
import type { ProgrammeAnswer } from './shapes.ts'

/** Every programme that the reader sees; nothing while they are on the way. */
export const useProgrammeList = (): readonly ProgrammeAnswer[] =>
  useRead<{ items: ProgrammeAnswer[] }>('/api/programmes').data?.items ?? []
