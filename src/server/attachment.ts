import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/**
 * The Content-Disposition of a download (RFC 6266): a harmless ASCII name for old readers, the real one in UTF-8
 * (RFC 8187). The name comes from a stranger, so nothing of it may end the value or the header.
 */
export function contentDisposition(fileName: string): string {
  const sound = fileName.toWellFormed()
  // Percent signs make some old readers decode the plain form, hence they go too.
  const plain = sound.replace(/[^A-Za-z0-9 ._-]/g, '_')
  const encoded = encodeURIComponent(sound).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}

type Attachment = { fileName: string; mediaType: string; bytes: Uint8Array | Readable }

/**
 * Sends a stranger's file so that no browser ever runs it: a download, of no other type, in a sandbox, kept nowhere. A
 * stream is sent as it comes.
 */
export const sendAttachment = (
  reply: FastifyReply,
  { fileName, mediaType, bytes }: Attachment,
): FastifyReply =>
  reply
    .header('content-type', mediaType)
    .header('content-disposition', contentDisposition(fileName))
    .header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
    .header('cache-control', 'no-store')
    .send(bytes instanceof Uint8Array ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : bytes)
