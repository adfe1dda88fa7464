import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * The policy of the application's own pages: nothing from elsewhere, no inline script or style, no frame around it.
 * A handler that serves something stricter (a public page, a download) sets its own policy first.
 */
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const always: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** Set last, on every answer, so that no handler can forget or weaken them by accident. */
export async function guardHeaders(
  _request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  reply.headers(always)
  if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', contentPolicy)
  return payload
}
