import { ActionIcon, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Id } from '../../kernel/id.ts'
import { call } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import type { EvidenceFile } from '../file.ts'
import css from './evidence.module.css'
import { evidenceMessages } from './messages.ts'
import type { Uploads } from './useUploads.ts'

type Waiting = EvidenceFile & { expiresAt: string }

const mostShown = 5

/** Files that this reader sent and made nothing of, such as before the browser was closed: to use here, or to give up. */
export function Leftovers({ uploads }: { uploads: Uploads }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  // Read whenever the place opens, however short a while ago: what was sent then may have been left behind since.
  const read = useQuery({
    queryKey: ['/api/evidence/files'],
    queryFn: ({ signal }) => call<{ items: Waiting[] }>('GET', '/api/evidence/files', { signal }),
    staleTime: 0,
  })
  const discard = useChange((id: Id) => call('DELETE', `/api/evidence/files/${id}`))
  const here = new Set(uploads.seen)
  const left = (read.data?.items ?? []).filter(({ id }) => !here.has(id))
  if (left.length === 0) return null
  return (
    <div className={css.leftovers}>
      <h4 className={css.forTitle}>{t.leftovers}</h4>
      <ul>
        {left.slice(0, mostShown).map((file) => (
          <li key={file.id}>
            <Icon name="file" />
            <span>
              {file.name}{' '}
              <small className="quiet">{t.leftoverUntil(format.shortDay(file.expiresAt.slice(0, 10)))}</small>
            </span>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`${t.leftoverUse}: ${file.name}`}
              onClick={() => uploads.adopt(file)}
            >
              {t.leftoverUse}
            </Button>
            <ActionIcon aria-label={t.removeFile(file.name)} onClick={() => discard.mutate(file.id)}>
              <Icon name="close" />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {left.length > mostShown ? (
        <p className="quiet">{t.leftoverMore(format.number(left.length - mostShown))}</p>
      ) : null}
    </div>
  )
}
