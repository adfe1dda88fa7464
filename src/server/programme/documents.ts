import type { Certificate } from '../../certificates/certificate.ts'
import { type Document, document } from '../../certificates/document.ts'
import { attachDocument, updateDocument } from '../../certificates/server/document-commands.ts'
import { sniffer } from '../../evidence/server/sniff.ts'
import { Problem } from '../../kernel/error.ts'
import { documentType } from '../document-type.ts'
import { isReceived } from './received.ts'
import { bring, everyRecord, locatedAt, type Run, within } from './run.ts'
import type { CertificatePart } from './schema.ts'

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** What the stored bytes are: looked at here, whatever the file is called. */
async function looked(run: Run, digest: string, fileName: string) {
  const bytes = await run.ctx.objects.get(digest)
  const look = sniffer()
  look.push(bytes)
  return { digest, fileName, size: bytes.length, mediaType: documentType(fileName, '', look.end()) }
}

type Part = CertificatePart['documents'][number]

async function bringDocument(
  run: Run,
  owner: Certificate,
  part: Part,
  present: readonly Document[],
  path: PropertyKey[],
) {
  const { ctx } = run
  const key = `${owner.key}/${part.file}`
  const digest = Object.hasOwn(run.files, part.file) ? run.files[part.file] : undefined
  const wantedTerm = part.term === null ? null : run.termIds.get(`${owner.key}/${part.term}`)
  if (wantedTerm === undefined) return unknownTerm(run, part, path)
  const said = {
    kind: part.kind,
    title: part.title,
    language: part.language,
    distribution: part.distribution,
  }
  const before = present.find((one) => one.digest === digest && one.termId === wantedTerm)
  const here = digest !== undefined && (before !== undefined || (await isReceived(ctx, digest)))
  if (digest !== undefined && !here) run.missing.add(digest)
  if (!here && run.rehearsal) {
    run.changes.push({ action: 'create', noun: 'document', key, fields: [] })
    return
  }
  await bring(run, {
    ...{ noun: 'document', key, path, before, after: said },
    create: async () => {
      if (digest === undefined || !here)
        throw new Problem('invalid', 'programme.file_missing', { path: part.file })
      const fields = { ...said, ...(await looked(run, digest, part.name ?? baseName(part.file))) }
      return within(ctx, attachDocument, { ...fields, certificateId: owner.id, termId: wantedTerm })
    },
    update: ({ id, version }) => within(ctx, updateDocument, { id, version, ...said }),
  })
}

const unknownTerm = (run: Run, part: Part, path: PropertyKey[]) =>
  locatedAt(run, [...path, 'term'], () =>
    Promise.reject<void>(
      new Problem('invalid', 'programme.reference', { noun: 'term', key: part.term ?? '' }),
    ),
  )

export async function bringDocuments(
  run: Run,
  owners: readonly { part: CertificatePart; saved: Certificate; at: number }[],
): Promise<void> {
  const all = (await everyRecord(run.ctx, document)).filter((one) => one.withdrawnOn === null)
  for (const { part, saved, at } of owners) {
    const present = all.filter((one) => one.certificateId === saved.id)
    for (const [index, one] of part.documents.entries()) {
      await bringDocument(run, saved, one, present, ['certificates', at, 'documents', index])
    }
    const named = new Set(part.documents.map((one) => run.files[one.file]))
    for (const one of present) {
      if (!named.has(one.digest))
        run.changes.push({ action: 'left', noun: 'document', key: `${part.key}/${one.fileName}`, fields: [] })
    }
  }
}
