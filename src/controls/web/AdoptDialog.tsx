import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useDeferredValue, useState } from 'react'
import type { ControlSummary, LibraryAnswer } from '../../frameworks/web/shapes.ts'
import { call } from '../../web/client.ts'
import { useChange, useRead, useReadNow } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import { State } from '../../web/ui/State.tsx'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'

const fold = (text: string) => text.normalize('NFKC').toLowerCase()

/** Controls whose number, name or aim holds every word that was typed, in either language. */
function matching(controls: readonly ControlSummary[], typed: string): readonly ControlSummary[] {
  const terms = fold(typed).split(/\s+/).filter(Boolean)
  return controls.filter(({ id, title, objective }) => {
    const text = fold(`${id} ${title.en} ${title.ja} ${objective.en} ${objective.ja}`)
    return terms.every((term) => text.includes(term))
  })
}

/** Chooses controls of the common library to take over: by domain, found by words, those here already marked. */
export default function AdoptDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(controlMessages)
  const format = useFormat()
  const library = useRead<LibraryAnswer>('/api/library')
  const adopted = useReadNow<{ libraryIds: string[] }>('/api/controls/adopted')
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const adopt = useChange((controls: readonly string[]) =>
    call<{ items: unknown[] }>('POST', '/api/controls/adopt', { body: { controls } }),
  )
  const save = () =>
    adopt.mutate([...chosen].sort(), {
      onSuccess: ({ items }) => {
        notifications.show({ message: t.bulk.adoptedDone(format.number(items.length)) })
        onClose()
      },
    })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t.bulk.adoptTitle}
      size={860}
      closeButtonProps={{ 'aria-label': t.bulk.close }}
      classNames={{ body: css.dialog ?? '' }}
    >
      <p className="quiet">{t.bulk.adoptLead}</p>
      <TextInput
        aria-label={t.bulk.adoptSearch}
        placeholder={t.bulk.adoptSearch}
        leftSection={<Icon name="search" />}
        value={typed}
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {/* A region that scrolls must be reachable with the keyboard; its checkboxes make it so. */}
      <div className={css.shelf}>
        <Loaded read={library}>
          {(read) => (
            <Domains
              library={read}
              q={q}
              adopted={new Set(adopted.data?.libraryIds ?? [])}
              chosen={chosen}
              onChange={setChosen}
            />
          )}
        </Loaded>
      </div>
      {adopt.error ? <Failure error={adopt.error} /> : null}
      <div className={css.dialogFoot}>
        <span className="quiet tabular">{t.bulk.chosen(format.number(chosen.size))}</span>
        <Button variant="default" onClick={onClose}>
          {t.bulk.cancel}
        </Button>
        <Button disabled={chosen.size === 0} loading={adopt.isPending} onClick={save}>
          {t.bulk.adoptCount(format.number(chosen.size))}
        </Button>
      </div>
    </Modal>
  )
}

type DomainsProps = {
  library: LibraryAnswer
  q: string
  adopted: ReadonlySet<string>
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
}

function Domains({ library, q, adopted, chosen, onChange }: DomainsProps) {
  const t = useWords(controlMessages)
  const { language } = useFormat()
  const found = Map.groupBy(matching(library.controls, q), (one) => one.domain)
  const turn = (ids: readonly string[], on: boolean) => {
    const next = new Set(chosen)
    for (const id of ids) on ? next.add(id) : next.delete(id)
    onChange(next)
  }
  if (found.size === 0) return <p className="quiet">{t.bulk.adoptNone}</p>
  return library.domains.map(({ id: domain, title }) => {
    const controls = found.get(domain)
    if (!controls) return null
    const open = controls.filter((one) => !adopted.has(one.id)).map((one) => one.id)
    const taken = open.filter((id) => chosen.has(id))
    return (
      <fieldset key={domain} className={css.domain}>
        <legend>
          <Checkbox
            size="xs"
            label={title[language]}
            aria-label={t.bulk.adoptDomain(title[language])}
            disabled={open.length === 0}
            checked={open.length > 0 && taken.length === open.length}
            indeterminate={taken.length > 0 && taken.length < open.length}
            onChange={(event) => turn(open, event.currentTarget.checked)}
          />
        </legend>
        {controls.map((control) => (
          <Choice
            key={control.id}
            control={control}
            adopted={adopted.has(control.id)}
            checked={chosen.has(control.id)}
            onTurn={(on) => turn([control.id], on)}
          />
        ))}
      </fieldset>
    )
  })
}

type ChoiceProps = {
  control: ControlSummary
  adopted: boolean
  checked: boolean
  onTurn: (on: boolean) => void
}

function Choice({ control, adopted, checked, onTurn }: ChoiceProps) {
  const t = useWords(controlMessages)
  const format = useFormat()
  const { id, title, objective, links } = control
  return (
    <div className={css.choice} data-adopted={adopted || undefined}>
      <Checkbox
        size="xs"
        checked={adopted || checked}
        disabled={adopted}
        onChange={(event) => onTurn(event.currentTarget.checked)}
        label={
          <>
            <code>{id}</code> {title[format.language]}
          </>
        }
        description={objective[format.language]}
      />
      <span className={css.choiceSide}>
        {adopted ? <State tone="met">{t.bulk.adopted}</State> : null}
        {links
          .filter((one) => one.requirements > 0)
          .map((one) => (
            <span key={one.edition}>
              {one.edition} <b>{format.number(one.requirements)}</b>
            </span>
          ))}
      </span>
    </div>
  )
}
