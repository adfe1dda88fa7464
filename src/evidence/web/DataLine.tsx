import { ActionIcon } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { addressOf } from '../../web/client.ts'
import { useTimes } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Bones } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import type { Evidence } from '../evidence.ts'
import css from './evidence.module.css'
import { evidenceMessages } from './messages.ts'

const Preview = lazy(() => import('./preview/Preview.tsx'))

/** The structured data of an item, which checks read: its kind, size and digest, and what is in it. */
export function DataLine({ one }: { one: Pick<Evidence, 'id' | 'data' | 'disposed'> }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const times = useTimes()
  const { data } = one
  if (data === null) return null
  const path = `/api/evidence/${one.id}/data`
  const name = `${data.kind}.json`
  return (
    <div className={css.data}>
      <p className={css.why}>
        {t.data}: <code>{data.kind}</code> · {format.bytes(data.size)} · {t.digest} <code>{data.digest}</code>
        {one.disposed ? null : (
          <ActionIcon
            component="a"
            href={addressOf(`${path}/content`, times)}
            download
            aria-label={`${t.download}: ${name}`}
          >
            <Icon name="download" />
          </ActionIcon>
        )}
      </p>
      {one.disposed ? (
        <p className="quiet">{t.filesGone}</p>
      ) : (
        <Suspense fallback={<Bones label={t.preview} />}>
          <Preview path={path} file={{ name, mediaType: 'application/json', size: data.size }} />
        </Suspense>
      )}
    </div>
  )
}
