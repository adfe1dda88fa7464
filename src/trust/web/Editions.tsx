import { Button, Drawer } from '@mantine/core'
import { useState } from 'react'
import type { Page } from '../../kernel/page.ts'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import type { Change } from '../diff.ts'
import { ChangeTable } from './ChangeTable.tsx'
import { trustMessages } from './messages.ts'
import type { EditionLine } from './shapes.ts'

/** Every edition of the page, the newest first, with what each changed. */
export function Editions() {
  const t = useWords(trustMessages)
  const format = useFormat()
  const [open, setOpen] = useState<number | null>(null)
  const read = useRead<Page<EditionLine>>('/api/trust/publications', { limit: 100 })
  return (
    <Loaded read={read}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t.emptyEditions}>{t.emptyEditionsText}</Empty>
        ) : (
          <>
            <Plain caption={t.editions} head={[t.number, t.asOf, t.publishedAt, t.note, t.view, '']}>
              {items.map((edition) => (
                <tr key={edition.number}>
                  <td>{format.number(edition.number)}</td>
                  <td>{format.day(edition.asOf)}</td>
                  <td>{format.instant(edition.publishedAt)}</td>
                  <td>{format.text(edition.note) || '—'}</td>
                  <td>
                    <a
                      href={`/${format.language}/archive/${edition.number}/`}
                      target="_blank"
                      rel="noreferrer"
                    >
                      {t.view}
                    </a>
                  </td>
                  <td>
                    <Button variant="default" size="compact-xs" onClick={() => setOpen(edition.number)}>
                      {t.changes}
                    </Button>
                  </td>
                </tr>
              ))}
            </Plain>
            {open === null ? null : <EditionChanges number={open} onClose={() => setOpen(null)} />}
          </>
        )
      }
    </Loaded>
  )
}

function EditionChanges({ number, onClose }: { number: number; onClose: () => void }) {
  const t = useWords(trustMessages)
  const shell = useWords(shellMessages)
  const format = useFormat()
  const from = number - 1
  const read = useRead<{ changes: Change[] }>(
    `/api/trust/publications/${number}/changes/${Math.max(from, 1)}`,
  )
  return (
    <Drawer
      opened
      onClose={onClose}
      size={760}
      title={from > 0 ? t.changesSince(format.number(from)) : t.first}
      closeButtonProps={{ 'aria-label': shell.form.close }}
    >
      {from > 0 ? (
        <Loaded read={read}>
          {({ changes }) =>
            changes.length === 0 ? (
              <p className="quiet">{t.nothingChanges}</p>
            ) : (
              <ChangeTable changes={changes} before={t.before} after={t.after} />
            )
          }
        </Loaded>
      ) : null}
    </Drawer>
  )
}
