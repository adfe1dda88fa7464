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
import { readCsv } from './csv.ts'
import { JsonTree } from './JsonTree.tsx'
import css from './preview.module.css'
import { readText, textLimit } from './read.ts'
import { rowsOf } from './rows.ts'
import { SheetTable } from './SheetTable.tsx'

// The server shows no more than this either.
const largest = 64 * 1024 * 1024

type Shown = Pick<EvidenceFile, 'name' | 'mediaType' | 'size'>

/** `path` is the address of the file in the API, below which its preview and its content are. */
type PreviewProps = { path: string; file: Shown }

/**
 * A file in its place. Pictures and PDFs come from the locked-down preview address, PDFs in a frame; text is read and
 * written out as text. Nothing of a file is ever markup or script here.
 */
export default function Preview({ path, file }: PreviewProps) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const times = useTimes()
  const address = addressOf(`${path}/preview`, times)
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

function Text({ address, file }: { address: string; file: Shown }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const [chosen, setChosen] = useState<Way | null>(null)
  const read = useQuery({
    queryKey: ['preview', address],
    queryFn: ({ signal }) => readText(address, file.size, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (read.error) return <Failure error={read.error} />
  if (!read.data) return <Bones label={t.preview} />
  const { text, cut } = read.data
  const value = jsonOf(file.mediaType, text, cut)
  const rows = value === undefined ? null : rowsOf(value)
  const ways: Way[] = [
    ...(file.mediaType === 'text/csv' || rows ? (['asTable'] as const) : []),
    ...(value === undefined ? [] : (['asTree'] as const)),
    'asText',
  ]
  const way = chosen ?? ways[0]
  return (
    <div>
      {ways.length > 1 ? (
        <div className={css.ways}>
          {ways.map((one) => (
            <button key={one} type="button" aria-pressed={one === way} onClick={() => setChosen(one)}>
              {t[one]}
            </button>
          ))}
        </div>
      ) : null}
      {way === 'asTable' ? <SheetTable table={rows ?? readCsv(text)} name={file.name} /> : null}
      {way === 'asTree' ? <JsonTree value={value} name={file.name} /> : null}
      {way === 'asText' ? (
        <section
          className={css.text}
          aria-label={t.previewOf(file.name)}
          // A region that scrolls must be reachable with the keyboard.
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the comment above says why
          tabIndex={0}
        >
          <pre>{text}</pre>
        </section>
      ) : null}
      {cut ? <p className={css.note}>{t.cut(format.bytes(textLimit), format.bytes(file.size))}</p> : null}
    </div>
  )
}

type Way = 'asTable' | 'asTree' | 'asText'

/** What a whole JSON text says; undefined for any other. */
function jsonOf(mediaType: string, text: string, cut: boolean): unknown {
  if (mediaType !== 'application/json' || cut) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
