import { Menu } from '@mantine/core'
import { ExportItems, ExportMenu, type ExportQuery } from '../../web/exchange/ExportMenu.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { exchangeMessages } from './exchange-messages.ts'

type ControlExportMenuProps = { query: ExportQuery; count: number }

/** What the register shows, on the day in view, as a file; and how everything is carried out. */
export function ControlExportMenu({ query, count }: ControlExportMenuProps) {
  const t = useWords(exchangeMessages)
  return (
    <ExportMenu address="/api/controls" query={query} words={t} count={count}>
      <Menu.Label>{t.exportImplementations}</Menu.Label>
      <ExportItems address="/api/implementations" query={{}} words={t} />
    </ExportMenu>
  )
}
