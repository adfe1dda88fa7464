import type { Scope } from '../../kernel/command.ts'
import type { Objective } from '../objective.ts'
import { scopeOfObjective } from './commands.ts'

/** What many objectives touch. A file may name more of them than a call can have arguments. */
export const scopeOfMany = (all: readonly Pick<Objective, 'entityIds'>[]): Scope =>
  scopeOfObjective({
    entityIds: all.some(({ entityIds }) => entityIds.length === 0)
      ? []
      : [...new Set(all.flatMap(({ entityIds }) => entityIds))],
  })
