import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { idSchema, newId } from '../../kernel/id.ts'
import { findEntity } from '../../organisation/server/queries.ts'
import { apiKey, longestKeyDays } from '../api-key.ts'
import { tokenDigest } from './invitations.ts'
import { findKey } from './queries.ts'
import { refuseBeyondOwn } from './rank.ts'

const createInput = apiKey.schema.pick({
  name: true,
  role: true,
  entityId: true,
  scopes: true,
  expiresAt: true,
})
const shown = apiKey.schema.omit({ digest: true })
const createOutput = shown.extend({ secret: z.string() })

/** A key's text: a mark by which scanners recognise it, and 256 random bits. */
export const keyText = (random: (length: number) => Uint8Array): string =>
  `assay_${Buffer.from(random(32)).toString('base64url')}`

/** Makes a key that can do at most what its maker can. Its text is in this answer and nowhere else. */
export const createApiKey: Command<Context, z.output<typeof createInput>, z.output<typeof createOutput>> = {
  kind: 'command',
  noun: 'api_key',
  action: 'create',
  secret: true,
  input: createInput,
  output: createOutput,
  scope: (_, input) => (input.entityId === null ? 'organisation' : { entities: [input.entityId] }),
  async run(ctx, input) {
    if (ctx.actor.kind !== 'person' || ctx.actor.id === null)
      throw new Problem('forbidden', 'access.forbidden', { permission: 'api_key.create' })
    refuseBeyondOwn(ctx, { role: input.role, entityId: input.entityId, certificateId: null })
    if (input.entityId) await findEntity(ctx, input.entityId)
    const now = ctx.clock.now().getTime()
    const until = Date.parse(input.expiresAt)
    refuseInvalid([
      ...input.scopes.flatMap((scope, index) =>
        ctx.permissionKnown(scope)
          ? []
          : [fieldProblem(`/scopes/${index}`, 'api_key.scope_unknown', { scope })],
      ),
      ...(until <= now ? [fieldProblem('/expiresAt', 'api_key.expired_already')] : []),
      ...(until > now + longestKeyDays * 86_400_000
        ? [fieldProblem('/expiresAt', 'api_key.lasts_too_long', { days: longestKeyDays })]
        : []),
    ])
    const secret = keyText(ctx.random)
    const { digest: _, ...saved } = await save(ctx, apiKey, 'api_key.created', {
      ...input,
      id: newId(ctx.random),
      version: 0,
      prefix: secret.slice(0, 12),
      digest: tokenDigest(secret),
      createdBy: ctx.actor.id,
      revokedAt: null,
    })
    return { ...saved, secret }
  },
}

const revokeInput = z.strictObject({ id: idSchema, version: z.int().min(1) })

export const revokeApiKey: Command<Context, z.output<typeof revokeInput>, z.output<typeof shown>> = {
  kind: 'command',
  noun: 'api_key',
  action: 'revoke',
  input: revokeInput,
  output: shown,
  async scope(ctx, { id }) {
    const { entityId } = await findKey(ctx, id)
    return entityId === null ? 'organisation' : { entities: [entityId] }
  },
  async run(ctx, { id, version }) {
    const before = await findKey(ctx, id)
    if (before.revokedAt !== null) throw new Problem('precondition', 'api_key.revoked')
    const { digest: _, ...saved } = await save(ctx, apiKey, 'api_key.revoked', {
      ...before,
      version,
      revokedAt: ctx.clock.now().toISOString(),
    })
    return saved
  },
}
