import { Button, FileButton, Progress } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useEffect, useState } from 'react'
import { useMayNow } from '../../web/frame/me.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { State } from '../../web/ui/State.tsx'
import type { Document } from '../document.ts'
import css from './certificates.module.css'
import { DocumentForm } from './DocumentForm.tsx'
import { certificateMessages } from './messages.ts'
import type { CertificateDetail } from './shapes.ts'
import { uploadDocument } from './upload.ts'

type Upload = { name: string; share: number; error: unknown }

/** The papers of a certificate: dropped, pasted or chosen; each kept unchanged under its digest. */
export function Documents({ certificate }: { certificate: CertificateDetail }) {
  const t = useWords(certificateMessages)
  const format = useFormat()
  const cache = useQueryClient()
  const past = useIsPast()
  const may = useMayNow()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const [open, setOpen] = useState<Document | null>(null)
  const mark = (name: string, change: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.name === name ? { ...one, ...change } : one)))
  const add = async (files: readonly File[]) => {
    setUploads(files.map(({ name }) => ({ name, share: 0, error: null })))
    for (const file of files) {
      try {
        await uploadDocument(certificate, file, (share) => mark(file.name, { share }))
        setUploads((all) => all.filter((one) => one.name !== file.name))
      } catch (error) {
        mark(file.name, { error })
      }
    }
    await cache.invalidateQueries()
  }
  return (
    <>
      {may('document.attach') ? <Drop onFiles={add} /> : null}
      {uploads.map((upload) =>
        upload.error ? (
          <div key={upload.name}>
            {t.uploadFailed(upload.name)} <Failure error={upload.error} />
          </div>
        ) : (
          <div key={upload.name}>
            <span className="quiet">{t.uploading(upload.name)}</span>
            <Progress value={upload.share * 100} aria-label={t.uploading(upload.name)} />
          </div>
        ),
      )}
      {certificate.documents.length === 0 ? (
        <Empty title={t.noDocuments}>{t.noDocumentsText}</Empty>
      ) : (
        <Plain
          caption={t.documents}
          head={[t.documentTitle, t.documentKind, t.distribution, t.language, t.size, t.digest]}
        >
          {certificate.documents.map((one) => (
            <tr key={one.id}>
              <td>
                <a href={`/api/documents/${one.id}/content`} download={one.fileName}>
                  {format.text(one.title)}
                </a>
                {past || one.withdrawnOn ? null : (
                  <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setOpen(one)}>
                    {t.edit}
                  </Button>
                )}
              </td>
              <td>{t.documentKinds[one.kind]}</td>
              <td>
                {one.withdrawnOn ? (
                  <State tone="none">{t.withdrawnOn(format.shortDay(one.withdrawnOn))}</State>
                ) : (
                  t.distributions[one.distribution]
                )}
              </td>
              <td>{one.language ? t.languages[one.language] : t.anyLanguage}</td>
              <td>{format.bytes(one.size)}</td>
              <td>
                <code title={one.digest}>{one.digest.slice(0, 12)}…</code>
              </td>
            </tr>
          ))}
        </Plain>
      )}
      {open ? <DocumentForm document={open} onClose={() => setOpen(null)} /> : null}
    </>
  )
}

function Drop({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const t = useWords(certificateMessages)
  const [over, setOver] = useState(false)
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length > 0) onFiles(files)
    }
    window.addEventListener('paste', onPaste)
    return () => window.removeEventListener('paste', onPaste)
  })
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onFiles([...event.dataTransfer.files])
  }
  return (
    <section
      className={css.drop}
      data-over={over || undefined}
      aria-label={t.upload}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="upload" />
      {t.drop}
      <span className="quiet">{t.dropText}</span>
      <FileButton multiple onChange={(files) => onFiles(files)}>
        {(props) => (
          <Button variant="default" {...props}>
            {t.upload}
          </Button>
        )}
      </FileButton>
    </section>
  )
}
