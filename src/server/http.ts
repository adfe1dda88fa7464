import { createHash, randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Context } from '../db/context.ts'
import { permissionOf } from '../kernel/command.ts'
import { isDay } from '../kernel/day.ts'
import { Problem } from '../kernel/error.ts'
import type { Route } from '../kernel/route.ts'
import { answer, execute, refuseStranger } from './execute.ts'
import { guardHeaders } from './headers.ts'
import type { IdempotencyKey } from './idempotency.ts'
import { refuseUnusable } from './input.ts'
import { problemDetails, problemOf } from './problem-details.ts'
import type { Caller, Runtime } from './runtime.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** For an answer that has begun: what an error means, logged where nobody expected it. */
    judged(error: unknown, request: FastifyRequest): Problem
  }
}

/** Finds out who asks; never throws for what a stranger may send. */
export type Authenticate = (request: FastifyRequest) => Promise<Caller>

export type HttpOptions = {
  runtime: Runtime
  routes: readonly Route<Context>[]
  authenticate: Authenticate
  log: (line: Record<string, unknown>) => void
  /** Told of every address as it comes to be, `GET /en/`: for the list that reviewers read. */
  onAddress?: ((address: string) => void) | undefined
}

const bodyLimit = 1024 * 1024

/** The application: headers, errors and one handler per route of the table. */
export function createHttp({ runtime, routes, authenticate, log, onAddress }: HttpOptions): FastifyInstance {
  const app = Fastify({
    logger: false,
    // The address of the peer is the peer's: no proxy is trusted unless an operator says so.
    trustProxy: false,
    bodyLimit,
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 200 },
    // JSON.parse would accept __proto__ as a key; Fastify refuses it.
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    // Addresses that the router itself cannot read pass no hook: their answers are guarded here.
    frameworkErrors: (error, request, reply) => {
      guardHeaders(request, reply, null)
      const unread = new Problem('not_found', 'request.not_found')
      sendProblem(error.code === 'FST_ERR_ASYNC_CONSTRAINT' ? error : unread, request, reply, log)
    },
  })
  if (onAddress) app.addHook('onRoute', (route) => onAddress(`${String(route.method)} ${route.url}`))
  app.decorate('judged', (error, request) => judged(error, request, log))
  app.addHook('onSend', guardHeaders)
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, log))
  app.setNotFoundHandler((request, reply) =>
    sendProblem(new Problem('not_found', 'request.not_found'), request, reply, log),
  )
  for (const route of routes) mount(app, runtime, authenticate, route)
  return app
}

export function languageOf(request: FastifyRequest): 'en' | 'ja' {
  const cookie = /(?:^|;\s*)assay-language=(en|ja)\b/.exec(request.headers.cookie ?? '')?.[1]
  const wanted = cookie ?? /\b(en|ja)\b/.exec(request.headers['accept-language'] ?? '')?.[1]
  return wanted === 'ja' ? 'ja' : 'en'
}

/** Fastify's own refusals, said in our words. */
function ownRefusal(error: unknown, request: FastifyRequest): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Problem('invalid', 'input.too_large', { limit: request.routeOptions.bodyLimit ?? bodyLimit })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new Problem('invalid', 'input.media_type', { expected: 'application/json' })
  if (code.startsWith('FST_ERR_CTP_') || error instanceof SyntaxError)
    return new Problem('invalid', 'input.not_json')
  if (error instanceof Error && 'statusCode' in error && error.statusCode === 400)
    return new Problem('invalid', 'input.not_json')
  return error
}

const mostDrained = 64 * 1024 * 1024

/**
 * A refusal may come while the client still sends. What is left is read and dropped, so that the next request on the
 * same connection is not waited for behind it; where that could be much, the connection ends with the answer.
 */
function letBodyEnd(request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = request
  if (raw.complete) return
  const endless = raw.headers['transfer-encoding'] !== undefined
  if (endless || Number(raw.headers['content-length'] ?? 0) > mostDrained) {
    reply.header('connection', 'close')
    return
  }
  raw.unpipe()
  raw.resume()
}

/** What an error means to who asked; what nobody expected is logged with its stack under the request's id. */
function judged(error: unknown, request: FastifyRequest, log: HttpOptions['log']): Problem {
  const problem = problemOf(ownRefusal(error, request), request.id)
  if (problem.kind === 'internal') {
    log({
      level: 'error',
      request: request.id,
      method: request.method,
      route: request.routeOptions.url,
      stack: error instanceof Error ? error.stack : String(error),
    })
  }
  return problem
}

/** Answers with problem details. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: HttpOptions['log'],
): FastifyReply {
  const problem = judged(error, request, log)
  if (problem.kind === 'unavailable') reply.header('retry-after', '2')
  if (problem.kind === 'limited' && typeof problem.params.seconds === 'number')
    reply.header('retry-after', String(problem.params.seconds))
  letBodyEnd(request, reply)
  const details = problemDetails(problem, languageOf(request))
  return reply
    .code(details.status)
    .type('application/problem+json')
    .header('cache-control', 'no-store')
    .send(details)
}

const single = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** `asOf` and `knownAt` of a reading, checked; a repeated parameter is refused like any wrong value. */
export function times(caller: Caller, query: Record<string, unknown>): Caller {
  const { asOf, knownAt } = query
  if (asOf !== undefined && (typeof asOf !== 'string' || !isDay(asOf))) {
    throw new Problem('invalid', 'input.invalid', { count: 1 }, [{ pointer: '/asOf', code: 'day' }])
  }
  const instant = knownAt === undefined ? undefined : z.iso.datetime({ offset: true }).safeParse(knownAt)
  if (instant && !instant.success) {
    throw new Problem('invalid', 'input.invalid', { count: 1 }, [{ pointer: '/knownAt', code: 'instant' }])
  }
  return { ...caller, asOf: single(asOf), knownAt: instant?.success ? instant.data : undefined }
}

/** The version in If-Match (RFC 9110 section 13.1.1) counts as input where an operation takes a version. */
function withVersion(
  route: Route<Context>,
  request: FastifyRequest,
  input: Record<string, unknown>,
): Record<string, unknown> {
  const shape = route.operation.input instanceof z.ZodObject ? route.operation.input.shape : {}
  if (!('version' in shape) || 'version' in input) return input
  const match = /^"(\d{1,9})"$/.exec(request.headers['if-match'] ?? '')
  if (!match) throw new Problem('precondition', 'record.version_missing')
  return { ...input, version: Number(match[1]) }
}

function inputOf(route: Route<Context>, request: FastifyRequest): Record<string, unknown> {
  const params = request.params as Record<string, string>
  if (route.method === 'GET') {
    const { asOf: _asOf, knownAt: _knownAt, ...query } = request.query as Record<string, unknown>
    return { ...query, ...params }
  }
  const body = request.body ?? {}
  refuseUnusable(body)
  if (typeof body !== 'object' || Array.isArray(body))
    throw new Problem('invalid', 'input.media_type', { expected: 'a JSON object' })
  for (const [name, value] of Object.entries(params)) {
    if (name in body && (body as Record<string, unknown>)[name] !== value) {
      throw new Problem('invalid', 'input.invalid', { count: 1 }, [
        { pointer: `/${name}`, code: 'input.differs_from_address' },
      ])
    }
  }
  return withVersion(route, request, { ...body, ...params })
}

function idempotencyOf(request: FastifyRequest, input: unknown): IdempotencyKey | undefined {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key === '') return undefined
  if (key.length > 255) throw new Problem('invalid', 'input.too_large', { limit: 255 })
  const digest = createHash('sha256')
    .update(JSON.stringify([request.method, request.url, input]))
    .digest('hex')
  return { key, requestDigest: digest }
}

function mount(
  app: FastifyInstance,
  runtime: Runtime,
  authenticate: Authenticate,
  route: Route<Context>,
): void {
  const { operation } = route
  app.route({
    method: route.method,
    url: route.path,
    ...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
    async handler(request, reply) {
      const caller = await authenticate(request)
      reply.header('cache-control', 'no-store')
      // Before anything of the request is judged: a stranger learns nothing from how it is wrong.
      refuseStranger(runtime, caller, permissionOf(operation))
      const input = inputOf(route, request)
      const output: unknown =
        operation.kind === 'query'
          ? await answer(runtime, times(caller, request.query as Record<string, unknown>), operation, input)
          : await execute(runtime, caller, operation, input, idempotencyOf(request, input))
      const version =
        typeof output === 'object' && output !== null && 'version' in output ? output.version : undefined
      if (typeof version === 'number') reply.header('etag', `"${version}"`)
      return output ?? reply.code(204).send()
    },
  })
}
