import { z } from 'zod'
import { canonicalBytes, decodeUtf8, parseStrict } from '#tlog'
import type { Id } from '../kernel/id.ts'
import { idSchema } from '../kernel/id.ts'
import { languageSchema } from '../kernel/language.ts'
import { keySchema } from './fields.ts'
import type { LicensedOverlay } from './overlay.ts'

/**
 * How licensed text lies in the object store. It names its organisation, so that knowing the digest of somebody
 * else's text is of no use in attaching it.
 */
const overlayObjectSchema = z.strictObject({
  format: z.literal('assay.overlay.v1'),
  organisationId: idSchema,
  editionKey: keySchema,
  language: languageSchema,
  licenceHolder: z.string(),
  texts: z.record(z.string(), z.string()),
})

export type OverlayObject = z.output<typeof overlayObjectSchema>

/** The bytes of the object that holds an overlay: canonical JSON (RFC 8785), so equal texts are one object. */
export const overlayBytes = (overlay: LicensedOverlay, organisationId: Id): Uint8Array =>
  canonicalBytes({
    format: 'assay.overlay.v1',
    organisationId,
    editionKey: overlay.editionKey,
    language: overlay.language,
    licenceHolder: overlay.licenceHolder,
    texts: Object.fromEntries(overlay.texts),
  })

/** The overlay in an object's bytes; null when they are something else. */
export function readOverlayBytes(bytes: Uint8Array): OverlayObject | null {
  try {
    const parsed = overlayObjectSchema.safeParse(parseStrict(decodeUtf8(bytes)))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
