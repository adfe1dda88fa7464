import type { z } from 'zod'
import type { Id } from './id.ts'

/**
 * What a command or query touches, for the decision who may: the whole organisation, or entities
 * (all of which the actor's grant must cover to write, one of which to read), or one engagement.
 */
export type Scope = 'organisation' | { entities: readonly Id[]; certificateId?: Id }

/** A change: its permission is `noun.action`; `scope` says what it touches; `run` is load, rule, save. */
export type Command<Context, Input, Output> = {
  kind: 'command'
  noun: string
  action: string
  input: z.ZodType<Input>
  output: z.ZodType<Output>
  /** Seal the log at once after this command: sign-off and publication. */
  seal?: boolean
  /** The answer holds a secret that is shown once: it is not kept for a retry under the same key. */
  secret?: boolean
  scope(context: Context, input: Input): Promise<Scope> | Scope
  run(context: Context, input: Input): Promise<Output>
}

/** A reading: as a command, but in a read-only transaction. A list restricts its rows by `context.visible`. */
export type Query<Context, Input, Output> = {
  kind: 'query'
  noun: string
  action: string
  input: z.ZodType<Input>
  output: z.ZodType<Output>
  scope(context: Context, input: Input): Promise<Scope | 'filtered'> | Scope | 'filtered'
  run(context: Context, input: Input): Promise<Output>
}

export const permissionOf = (operation: { noun: string; action: string }): string =>
  `${operation.noun}.${operation.action}`
