import { Button, Menu } from '@mantine/core'
import { ExportChosen } from '../../web/exchange/ExportChosen.tsx'
import { ExportItems, ExportMenu } from '../../web/exchange/ExportMenu.tsx'
import { useMayNow } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { objectiveMessages } from './messages.ts'
import type { ObjectiveAnswer } from './shapes.ts'

/** The objectives, and the readings of them, as files. */
export function ObjectiveExport({ count }: { count: number }) {
  const t = useWords(objectiveMessages)
  return (
    <ExportMenu address="/api/objectives" query={{}} words={t.exchangeObjectives} count={count}>
      <Menu.Label>{t.exchangeObjectives.exportReadings}</Menu.Label>
      <ExportItems address="/api/readings" query={{}} words={t.exchange} />
    </ExportMenu>
  )
}

export function ExportChosenObjectives({ rows }: { rows: readonly ObjectiveAnswer[] }) {
  const t = useWords(objectiveMessages)
  return (
    <ExportChosen
      address="/api/objectives"
      name="objectives"
      ids={rows.map((row) => row.id)}
      words={t.exchangeObjectives}
    />
  )
}

type Opens = 'import' | 'import-readings'

/** What of objectives may come from a file, by what somebody may do. */
export function ImportMenu({ onOpen }: { onOpen: (what: Opens) => void }) {
  const t = useWords(objectiveMessages)
  const may = useMayNow()
  const [objectives, readings] = [may('objective.import'), may('reading.import')]
  if (!objectives && !readings) return null
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="upload" />}>
          {t.import}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {objectives ? (
          <Menu.Item onClick={() => onOpen('import')}>{t.importKinds.objectives}</Menu.Item>
        ) : null}
        {readings ? (
          <Menu.Item onClick={() => onOpen('import-readings')}>{t.importKinds.readings}</Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}
