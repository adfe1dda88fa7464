import { Problem } from '../kernel/error.ts'
import type { Language } from '../kernel/language.ts'
import type { Verdict } from '../log/verify.ts'
import { checkArchive } from '../server/archive/check.ts'
import type { Manifest } from '../server/archive/format.ts'
import { openArchive } from '../server/archive/source.ts'
import { type ArchiveOptions, verifyArchive } from '../server/archive/verify.ts'
import { ArchiveRefused } from './archive-shape.ts'
import { wordsOf } from './language.ts'

/** Reads an archive twice: each file against the manifest, then the log entry by entry. Throws {@link ArchiveRefused}. */
export async function examineArchive(
  path: string,
  language: Language,
  optionsFor: (manifest: Manifest) => ArchiveOptions,
): Promise<Verdict> {
  try {
    const source = await openArchive(path)
    try {
      const checked = await checkArchive(source)
      return await verifyArchive(source, checked, optionsFor(checked.manifest))
    } finally {
      source.close()
    }
  } catch (error) {
    throw error instanceof Problem ? new ArchiveRefused(wordsOf(error, language)) : error
  }
}
