import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { addressOf, download } from '../client.ts'
import { useTimes } from '../frame/times.ts'
import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Icon } from '../ui/icons.tsx'
import { failureText } from '../ui/Notice.tsx'
import { type Ending, type ExportWords, endings } from './ExportMenu.tsx'

type ExportChosenProps = {
  /** The address of the list in the API. */
  address: string
  /** Of the file, without its ending. */
  name: string
  ids: readonly string[]
  words: Pick<ExportWords, Ending | 'export'> & { exportChosen: (count: string) => string }
}

/** The chosen rows of a register as a file: so many ids fit no address, so they are sent. */
export function ExportChosen({ address, name, ids, words }: ExportChosenProps) {
  const shell = useWords(shellMessages)
  const format = useFormat()
  const times = useTimes()
  const send = (ending: Ending) =>
    download(addressOf(`${address}/export.${ending}`, times), { ids }, `${name}.${ending}`).catch(
      (error: unknown) => notifications.show({ color: 'red', message: failureText(error, shell.failure) }),
    )
  return (
    <Menu position="top-start">
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<Icon name="download" />}>
          {words.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.exportChosen(format.number(ids.length))}</Menu.Label>
        {endings.map((ending) => (
          <Menu.Item key={ending} onClick={() => send(ending)}>
            {words[ending]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
