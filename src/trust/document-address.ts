/** A file name as the last part of an address: plain letters only, so that any name makes a short, canonical one. */
export function slugOf(fileName: string): string {
  const plain = (text: string) =>
    text
      .normalize('NFKC')
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .slice(0, 60)
      .replace(/^-+|-+$/g, '')
  const [, base = fileName, ending] = /^(.+)\.([A-Za-z0-9]{1,10})$/s.exec(fileName) ?? []
  const name = plain(base) || 'document'
  return ending ? `${name}.${ending}` : name
}

export const documentAddress = (one: { digest: string; fileName: string }): string =>
  `/documents/${one.digest}/${slugOf(one.fileName)}`

/**
 * The Content-Disposition of a download (RFC 6266). The name is text of a stranger: the plain form is reduced to
 * safe letters, the full form is percent-encoded, and half a surrogate pair becomes U+FFFD.
 */
export function attachmentNamed(fileName: string): string {
  const extended = encodeURIComponent(fileName.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${slugOf(fileName)}"; filename*=UTF-8''${extended}`
}
