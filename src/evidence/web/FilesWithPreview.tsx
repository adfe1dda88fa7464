import { ActionIcon, Button, CopyButton } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { addressOf } from '../../web/client.ts'
import { useTimes } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Bones } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import type { Evidence } from '../evidence.ts'
import type { EvidenceFile } from '../file.ts'
import css from './evidence.module.css'
import { Inspection } from './Inspection.tsx'
import { evidenceMessages } from './messages.ts'

const Preview = lazy(() => import('./preview/Preview.tsx'))

/** The files of an item, each with its digest, and the one that was chosen to be looked at. */
export function FilesWithPreview({ one }: { one: Pick<Evidence, 'id' | 'files' | 'disposed'> }) {
  const t = useWords(evidenceMessages)
  const [chosen, setChosen] = useState(0)
  const file = one.files[chosen] ?? one.files[0]
  if (!file) return <p className="quiet">{t.noFiles}</p>
  return (
    <div className={css.files}>
      <ul className={css.fileList}>
        {one.files.map((each, at) => (
          <FileLine
            key={each.id}
            file={each}
            itemId={one.id}
            gone={one.disposed !== null}
            shown={each.id === file.id}
            onShow={() => setChosen(at)}
          />
        ))}
      </ul>
      {one.disposed ? (
        <p className="quiet">{t.filesGone}</p>
      ) : (
        <Suspense fallback={<Bones label={t.preview} />}>
          <Preview key={file.id} path={`/api/evidence/${one.id}/files/${file.id}`} file={file} />
        </Suspense>
      )}
    </div>
  )
}

type FileLineProps = { file: EvidenceFile; itemId: string; gone: boolean; shown: boolean; onShow: () => void }

function FileLine({ file, itemId, gone, shown, onShow }: FileLineProps) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const times = useTimes()
  return (
    <li className={css.fileLine} data-shown={(shown && !gone) || undefined}>
      <Icon name="file" />
      <div>
        {gone ? (
          <b>{file.name}</b>
        ) : (
          <button type="button" className={css.fileName} aria-pressed={shown} onClick={onShow}>
            {file.name}
          </button>
        )}
        <div className={css.fileFacts}>
          <span className="tabular">{format.bytes(file.size)}</span>
          <span>{file.mediaType}</span>
          <Inspection file={file} />
        </div>
        <div className={css.digest}>
          <span className="quiet">{t.digest}</span>
          <code title={file.digest}>{file.digest}</code>
          <CopyButton value={file.digest}>
            {({ copied, copy }) => (
              <Button variant="subtle" size="compact-xs" onClick={copy}>
                {copied ? t.copied : t.copy}
              </Button>
            )}
          </CopyButton>
        </div>
      </div>
      {gone ? null : (
        <ActionIcon
          component="a"
          href={addressOf(`/api/evidence/${itemId}/files/${file.id}/content`, times)}
          download
          aria-label={`${t.download}: ${file.name}`}
        >
          <Icon name="download" />
        </ActionIcon>
      )}
    </li>
  )
}
