import { PassThrough, type Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { manifestName } from './format.ts'
import type { Prepared } from './prepare.ts'

/** The archive as a ZIP stream: stored, not compressed, `manifest.json` first, one file open at a time. */
export function zipStream({ manifest, manifestBytes, open }: Prepared, mtime: Date): Readable {
  const zip = new ZipFile()
  const out = new PassThrough()
  const options = { compress: false, mtime, mode: 0o100600 }
  zip.on('error', (error: Error) => out.destroy(error))
  zip.addBuffer(manifestBytes, manifestName, options)
  for (const { name, size } of manifest.files) {
    zip.addReadStreamLazy(name, { ...options, size }, (done) => done(null, open(name)))
  }
  zip.end()
  zip.outputStream.pipe(out)
  return out
}
