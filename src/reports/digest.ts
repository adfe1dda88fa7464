import { canonicalBytes, encodeHex, sha256 } from '#tlog'
import type { Report } from './report.ts'

/**
 * SHA-256 over the canonical JSON (RFC 8785) of what a report says: printed on every page, shown on the screen and kept
 * in the spreadsheet, so that two copies are known to say the same without comparing their bytes.
 */
export const contentDigest = (report: Report): string => encodeHex(sha256(canonicalBytes(report)))
