import type { CertificateDetail } from './shapes.ts'

/** The statement of applicability that a certificate names in the term of the day; null where it names none. */
export function certificateSoa(
  certificate: Pick<CertificateDetail, 'terms' | 'termId'>,
): { version: string; date: string | null } | null {
  const term = certificate.terms.find((one) => one.id === certificate.termId)
  return term?.soaVersion ? { version: term.soaVersion, date: term.soaDate } : null
}
