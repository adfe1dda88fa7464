import { z } from 'zod'

/** The chapter of the page in which a scheme is told; reports that are read together share one. */
export const sectionOf = (scheme: string): string => (scheme === 'soc2' || scheme === 'soc3' ? 'soc' : scheme)

/**
 * Where a text stands: `policy`, `terms` (the terms of use shown before a restricted report is asked for),
 * or the chapter of a scheme.
 */
export const sectionSchema = z
  .string()
  .max(40)
  .refine((text) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text), { error: 'text.section' })

export const policySection = 'policy'

export const termsSection = 'terms'

// The chapters readers look for first; all others follow in the order of their names.
const first = [policySection, 'iso27001', 'soc', 'pci-dss']

const rank = (section: string) => {
  const at = first.indexOf(section)
  return at === -1 ? first.length : at
}

/** The order of chapters on the page; the same for ever for the same chapters. */
export const bySection = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0)

/** The chapters that can be written about with these schemes. */
export const knownSections = (schemes: Iterable<string>): Set<string> =>
  new Set([policySection, termsSection, ...[...schemes].map(sectionOf)])
