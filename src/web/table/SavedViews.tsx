import { ActionIcon, Button, Popover, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useWords } from '../i18n/catalogue.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Icon } from '../ui/icons.tsx'
import css from './table.module.css'
import type { ViewState } from './view.ts'

/** Filters, sorting and columns under a name, kept by this browser. */
export function SavedViews({ view }: { view: ViewState }) {
  const t = useWords(shellMessages)
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    view.save(name.trim())
    setName('')
  }
  return (
    <Popover opened={open} onChange={setOpen} width={280} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t.table.views}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t.table.views}>
        {view.saved.length === 0 ? <p className="quiet">{t.table.noViews}</p> : null}
        {view.saved.map((saved) => (
          <div key={saved.name} className={css.view}>
            <button
              type="button"
              className={css.open}
              onClick={() => {
                view.set(saved.view)
                setOpen(false)
              }}
            >
              {saved.name}
            </button>
            <span className={css.push} />
            <ActionIcon
              size={20}
              aria-label={t.table.removeView(saved.name)}
              onClick={() => view.remove(saved.name)}
            >
              <Icon name="close" size={12} />
            </ActionIcon>
          </div>
        ))}
        <form className={css.view} onSubmit={save}>
          <TextInput
            aria-label={t.table.viewName}
            placeholder={t.table.viewName}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="default">
            {t.table.saveView}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
