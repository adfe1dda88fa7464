import { useWords } from '../../web/i18n/catalogue.ts'
import { FileDrop } from '../../web/ui/FileDrop.tsx'
import css from './evidence.module.css'
import { evidenceMessages } from './messages.ts'
import { UploadList } from './UploadList.tsx'
import { usePaste } from './usePaste.ts'
import type { Uploads } from './useUploads.ts'

type DroppingProps = { uploads: Uploads; onFiles: (files: readonly File[]) => void; error: string | null }

/** Where files come in: dropped, pasted or chosen. */
export function Dropping({ uploads, onFiles, error }: DroppingProps) {
  const t = useWords(evidenceMessages)
  usePaste(t.screenshot, onFiles)
  return (
    <div className={css.dropping}>
      <FileDrop title={t.drop} hint={t.dropHint} choose={t.choose} multiple focused onFiles={onFiles} />
      <UploadList uploads={uploads} />
      {error ? (
        <p className={css.wrong} role="alert">
          {error}
        </p>
      ) : null}
    </div>
  )
}
