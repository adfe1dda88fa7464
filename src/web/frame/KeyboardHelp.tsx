import { Kbd, Modal } from '@mantine/core'
import { useWords } from '../i18n/catalogue.ts'
import { shellMessages } from '../i18n/messages.ts'
import css from './frame.module.css'
import { useNavEntries } from './NavLinks.tsx'

type Line = { what: string; keys: readonly string[]; inTurn?: boolean }

const command = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'

export function KeyboardHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useWords(shellMessages)
  const entries = useNavEntries()
  const groups: { title: string; lines: Line[] }[] = [
    {
      title: t.keys.everywhere,
      lines: [
        { what: t.keys.search, keys: [command, 'K'] },
        { what: t.keys.help, keys: ['?'] },
        ...entries.map((entry) => ({
          what: t.keys.go(t.nav[entry.label]),
          keys: ['g', entry.key],
          inTurn: true,
        })),
      ],
    },
    {
      title: t.keys.inTables,
      lines: [
        { what: t.keys.next, keys: ['j'] },
        { what: t.keys.previous, keys: ['k'] },
        { what: t.keys.open, keys: ['Enter'] },
        { what: t.keys.select, keys: ['x'] },
        { what: t.keys.selectRange, keys: ['Shift', 'x'] },
        { what: t.keys.bulk, keys: ['b'] },
      ],
    },
    {
      title: t.keys.inForms,
      lines: [
        { what: t.keys.save, keys: [command, 'Enter'] },
        { what: t.keys.close, keys: ['Esc'] },
      ],
    },
  ]
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t.keys.title}
      closeButtonProps={{ 'aria-label': t.form.close }}
    >
      {groups.map(({ title, lines }) => (
        <section key={title}>
          <h3 className={css.keysTitle}>{title}</h3>
          <dl className={css.keys}>
            {lines.map((line) => (
              <KeyLine key={line.what} line={line} then={t.keys.andThen} />
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  )
}

function KeyLine({ line, then }: { line: Line; then: string }) {
  return (
    <>
      <dt>{line.what}</dt>
      <dd>
        {line.keys.map((key, at) => (
          <span key={key}>
            {at > 0 ? (line.inTurn ? ` ${then} ` : ' + ') : ''}
            <Kbd>{key}</Kbd>
          </span>
        ))}
      </dd>
    </>
  )
}
