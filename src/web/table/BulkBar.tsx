import { ActionIcon } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Icon } from '../ui/icons.tsx'
import css from './table.module.css'

type BulkBarProps = { count: number; onClear: () => void; children: ReactNode }

export function BulkBar({ count, onClear, children }: BulkBarProps) {
  const t = useWords(shellMessages)
  const format = useFormat()
  return (
    <section
      className={css.bulk}
      data-bulk
      aria-live="polite"
      aria-label={t.table.selected(format.number(count))}
    >
      <span className="tabular">{t.table.selected(format.number(count))}</span>
      {children}
      <ActionIcon aria-label={t.table.clear} onClick={onClear}>
        <Icon name="close" />
      </ActionIcon>
    </section>
  )
}
