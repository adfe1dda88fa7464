import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { addressOf } from '../../../web/client.ts'
import { useTimes } from '../../../web/frame/times.ts'
import { useWords } from '../../../web/i18n/catalogue.ts'
import { useFormat } from '../../../web/i18n/format.ts'
import { Bones } from '../../../web/ui/Empty.tsx'
import { Failure } from '../../../web/ui/Notice.tsx'
import type { EvidenceFile } from '../../file.ts'
import { previewOf } from '../../preview.ts'
import { evidenceMessages } from '../messages.ts'
import { CsvTable } from './CsvTable.tsx'
import { JsonTree } from './JsonTree.tsx'
import css from './preview.module.css'
import { readText, textLimit } from './read.ts'

// The server shows no more than this either.
const largest = 64 * 1024 * 1024

/**
 * A file in its place. Pictures and PDFs come from the locked-down preview address, PDFs in a frame; text is read and
 * written out as text. Nothing of a file is ever markup or script here.
 */
export default function Preview({ itemId, file }: { itemId: string; file: EvidenceFile }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const times = useTimes()
  const address = addressOf(`/api/evidence/${itemId}/files/${file.id}/preview`, times)
  const kind = previewOf(file.mediaType)
  if (file.size === 0) return <p className={css.none}>{t.previewEmpty}</p>
  if (kind === null) return <p className={css.none}>{t.noPreview}</p>
  if (file.size > largest && kind !== 'text')
    return <p className={css.none}>{t.previewTooLarge(format.bytes(largest))}</p>
  if (kind === 'image') return <Picture address={address} name={file.name} />
  if (kind === 'pdf') return <iframe className={css.frame} src={address} title={t.previewOf(file.name)} />
  if (file.size > largest) return <p className={css.none}>{t.previewTooLarge(format.bytes(largest))}</p>
  return <Text address={address} file={file} />
}

function Picture({ address, name }: { address: string; name: string }) {
  const t = useWords(evidenceMessages)
  const [broken, setBroken] = useState(false)
  if (broken) return <p className={css.none}>{t.noPreview}</p>
  return (
    <a className={css.picture} href={address} target="_blank" rel="noreferrer">
      <img src={address} alt={t.previewOf(name)} onError={() => setBroken(true)} />
    </a>
  )
}

function Text({ address, file }: { address: string; file: EvidenceFile }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const [plain, setPlain] = useState(false)
  const read = useQuery({
    queryKey: ['preview', address],
    queryFn: ({ signal }) => readText(address, file.size, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (read.error) return <Failure error={read.error} />
  if (!read.data) return <Bones label={t.preview} />
  const { text, cut } = read.data
  const structure = structureOf(file.mediaType, text, cut)
  return (
    <div>
      {structure ? (
        <div className={css.ways}>
          <button type="button" aria-pressed={!plain} onClick={() => setPlain(false)}>
            {structure.kind === 'csv' ? t.asTable : t.asTree}
          </button>
          <button type="button" aria-pressed={plain} onClick={() => setPlain(true)}>
            {t.asText}
          </button>
        </div>
      ) : null}
      {structure && !plain ? (
        structure.kind === 'csv' ? (
          <CsvTable text={text} name={file.name} />
        ) : (
          <JsonTree value={structure.value} name={file.name} />
        )
      ) : (
        <section
          className={css.text}
          aria-label={t.previewOf(file.name)}
          // A region that scrolls must be reachable with the keyboard.
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the comment above says why
          tabIndex={0}
        >
          <pre>{text}</pre>
        </section>
      )}
      {cut ? <p className={css.note}>{t.cut(format.bytes(textLimit), format.bytes(file.size))}</p> : null}
    </div>
  )
}

type Structure = { kind: 'csv' } | { kind: 'json'; value: unknown }

function structureOf(mediaType: string, text: string, cut: boolean): Structure | null {
  if (mediaType === 'text/csv') return { kind: 'csv' }
  if (mediaType !== 'application/json' || cut) return null
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}
