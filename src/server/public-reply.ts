import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Served } from './public-cache.ts'

/** The policy of the public pages: a stylesheet and forms of their own, and nothing else at all. */
export const pagePolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ')

const html = 'text/html; charset=utf-8'

/** A coding that the browser takes (RFC 9110 section 12.5.3); one named with `q=0` is refused by it. */
function codingFor(request: FastifyRequest): 'br' | 'gzip' | 'identity' {
  const header = request.headers['accept-encoding']
  if (!header) return 'identity'
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(header)) return 'br'
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(header) ? 'gzip' : 'identity'
}

/** Sends a prepared page, or 304 when the browser has it already (RFC 9110 section 13.1.2). */
export function sendServed(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Served,
  cache: string,
  type = html,
): FastifyReply {
  const coding = codingFor(request)
  const { bytes, etag } = page[coding]
  reply.headers({
    'content-security-policy': pagePolicy,
    'cache-control': cache,
    vary: 'accept-encoding',
    etag,
    'content-type': type,
  })
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send()
  // Old pages are kept in one form only: they go out as they are, whatever the browser could unpack.
  if (page[coding] !== page.identity) reply.header('content-encoding', coding)
  return reply.send(bytes)
}

function matches(header: string | undefined, etag: string): boolean {
  if (!header) return false
  return (
    header === etag ||
    header === '*' ||
    header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
  )
}

/** A page made for this one answer; nothing of it is kept anywhere. */
export const sendPage = (reply: FastifyReply, status: number, page: string): FastifyReply =>
  reply
    .code(status)
    .headers({ 'content-security-policy': pagePolicy, 'cache-control': 'no-store', 'content-type': html })
    .send(page)

/** A file to keep, never to show: even a browser that opens it gets no script, no form, no frame. */
export function sendFile(
  reply: FastifyReply,
  file: { bytes: Uint8Array; type: string; disposition: string; cache: string },
): FastifyReply {
  return reply
    .headers({
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': file.disposition,
      'content-type': file.type,
      'cache-control': file.cache,
    })
    .send(Buffer.from(file.bytes))
}
