import { may, mayAnywhere } from '../access/permission.ts'
import type { Context } from '../db/context.ts'
import { reading, writingAfter } from '../db/transaction.ts'
import { type Command, permissionOf, type Query, type Scope } from '../kernel/command.ts'
import { Problem } from '../kernel/error.ts'
import { type Progress, unwatched } from '../kernel/progress.ts'
import { append, appending, refusalOf } from '../log/server/append.ts'
import { contextOf } from './context.ts'
import { type FrameRow, frameFrom, frameOf, frameQuery } from './frame.ts'
import { type IdempotencyKey, rememberAnswer, rememberedAnswer } from './idempotency.ts'
import { parseInput } from './input.ts'
import { react } from './reactions.ts'
import type { Caller, Runtime } from './runtime.ts'

// So many entries go with the commit; more are told of while they are written.
const few = 50

const forbidden = (permission: string) => new Problem('forbidden', 'access.forbidden', { permission })

/** Refuses before any work what no grant of the actor could ever allow. */
export function refuseStranger(runtime: Runtime, caller: Caller, permission: string): void {
  if (mayAnywhere(runtime.matrix, caller.actor, permission)) return
  if (caller.actor.kind === 'visitor') throw new Problem('unauthenticated', 'access.sign_in')
  throw forbidden(permission)
}

/** A record that the actor may not even read is unknown to them: foreign and absent look alike. */
function refuseScope(
  runtime: Runtime,
  ctx: Context,
  noun: string,
  permission: string,
  scope: Scope,
  write: boolean,
): void {
  if (may(runtime.matrix, ctx.actor, permission, scope, ctx.ancestors, write)) return
  const readable = `${noun}.read`
  const visible =
    runtime.matrix.has(readable) && may(runtime.matrix, ctx.actor, readable, scope, ctx.ancestors, false)
  throw visible || scope === 'organisation'
    ? forbidden(permission)
    : new Problem('not_found', 'record.not_found', { noun })
}

type Done<Output> = { output: Output; afterCommit: Context['afterCommit']; appended: boolean }

/**
 * The one way to change anything: authorise, validate, run in one transaction, append the log entries, or nothing
 * happens. After the commit the sealer is told; a command marked `seal` waits until its entry is in a checkpoint.
 */
export async function execute<Input, Output>(
  runtime: Runtime,
  caller: Caller,
  command: Command<Context, Input, Output>,
  rawInput: unknown,
  idempotency?: IdempotencyKey,
  progress: Progress = unwatched,
): Promise<Output> {
  const permission = permissionOf(command)
  refuseStranger(runtime, caller, permission)
  if (caller.asOf !== undefined || caller.knownAt !== undefined)
    throw new Problem('precondition', 'access.past_is_read_only')
  const input = parseInput(command.input, rawInput)
  const { organisationId } = caller.actor
  const done = await writingAfter<FrameRow, Done<Output>>(
    runtime.database,
    organisationId,
    frameQuery,
    async (tx, rows, last) => {
      const earlier = idempotency ? await rememberedAnswer<Output>(tx, caller.actor, idempotency) : null
      if (earlier) return { output: earlier.answer, afterCommit: [], appended: false }
      const ctx = contextOf(runtime, caller, tx, permission, frameFrom(rows), null, progress)
      refuseScope(runtime, ctx, command.noun, permission, await command.scope(ctx, input), true)
      const output = await command.run(ctx, input)
      await react(ctx)
      if (idempotency && !command.secret) await rememberAnswer(tx, ctx, idempotency, output)
      const appended = ctx.entries.length > 0
      if (appended) {
        const { actor, clock, random } = ctx
        const meta = {
          organisationId,
          actor,
          command: ctx.command,
          at: clock.now(),
          random,
          beacon: runtime.beacon(organisationId),
        }
        if (ctx.entries.length <= few) last(appending(ctx.entries, meta))
        else await append(tx, ctx.entries, meta, ctx.progress)
      }
      // The last moment at which the work can be called off.
      await progress.begin('committing', null)
      return { output, afterCommit: ctx.afterCommit, appended }
    },
  ).catch(async (error: unknown) => {
    throw await refusalOf(runtime.database, organisationId, error)
  })
  if (done.appended) await runtime.appended(organisationId, command.seal === true)
  for (const work of done.afterCommit) await work()
  return done.output
}

/** The one way to read: authorise, validate, run in a read-only snapshot. */
export async function answer<Input, Output>(
  runtime: Runtime,
  caller: Caller,
  query: Query<Context, Input, Output>,
  rawInput: unknown,
): Promise<Output> {
  const permission = permissionOf(query)
  refuseStranger(runtime, caller, permission)
  const input = parseInput(query.input, rawInput)
  return reading(runtime.database, caller.actor.organisationId, async (tx, logSize) => {
    const frame = await frameOf(runtime, tx, caller.actor.organisationId, logSize)
    const ctx = contextOf(runtime, caller, tx, permission, frame, logSize)
    const scope = await query.scope(ctx, input)
    if (scope !== 'filtered') refuseScope(runtime, ctx, query.noun, permission, scope, false)
    return query.run(ctx, input)
  })
}
