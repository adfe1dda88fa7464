import { createGunzip, createZstdDecompress } from 'node:zlib'
import { inflated } from './inflate.ts'
import type { View } from './run.ts'

const inner = (name: string): string =>
  name.replace(/\.(gz|zst|tgz)$/i, (end) => (/tgz/i.test(end) ? '.tar' : ''))

/** One file in gzip (RFC 1952), of several members if need be. */
export const gzip: View = (run, part, bytes) =>
  run.inspect(run, run.child(part, inner(part.name)), inflated(run, bytes, createGunzip()))

/** One file in Zstandard (RFC 8878). The window that it may ask for is the library's usual 128 MiB at most. */
export const zstd: View = (run, part, bytes) =>
  run.inspect(run, run.child(part, inner(part.name)), inflated(run, bytes, createZstdDecompress()))
