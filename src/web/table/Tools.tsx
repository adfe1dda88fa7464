import { ActionIcon, Checkbox, Menu, Popover, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../i18n/catalogue.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Icon } from '../ui/icons.tsx'
import type { Column, Filter } from './column.ts'
import { SavedViews } from './SavedViews.tsx'
import css from './table.module.css'
import type { ViewState } from './view.ts'

type ToolsProps<T> = {
  columns: readonly Column<T>[]
  filters: readonly Filter<never>[]
  view: ViewState
}

/** Above a table: its filters as chips on the left, how it is shown on the right. */
export function Tools<T>({ columns, filters, view }: ToolsProps<T>) {
  const t = useWords(shellMessages)
  const { hidden, compact } = view.view
  const toggle = (key: string) =>
    view.set({ hidden: hidden.includes(key) ? hidden.filter((one) => one !== key) : [...hidden, key] })
  return (
    <div className={css.tools}>
      {filters.map((filter) => (
        <Chip key={filter.key} filter={filter} view={view} />
      ))}
      <span className={css.push} />
      <SavedViews view={view} />
      <Tooltip label={`${t.table.density}: ${compact ? t.table.compact : t.table.comfortable}`}>
        <ActionIcon
          className={css.density ?? ''}
          aria-label={t.table.density}
          aria-pressed={!compact}
          onClick={() => view.set({ compact: !compact })}
        >
          <Icon name="rows" />
        </ActionIcon>
      </Tooltip>
      <Menu closeOnItemClick={false}>
        <Menu.Target>
          <ActionIcon aria-label={t.table.columns} title={t.table.columns}>
            <Icon name="columns" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t.table.columns}</Menu.Label>
          {columns.slice(1).map((column) => (
            <Menu.Item
              key={column.key}
              onClick={() => toggle(column.key)}
              aria-checked={!hidden.includes(column.key)}
              role="menuitemcheckbox"
            >
              <Checkbox.Indicator checked={!hidden.includes(column.key)} mr={8} size="xs" />
              {column.header}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

/** One filter: chosen from a menu, taken away by a press. */
export function Chip({
  filter,
  view,
}: {
  filter: Filter<never>
  view: {
    view: Pick<ViewState['view'], 'filters'>
    set: (change: Pick<ViewState['view'], 'filters'>) => void
  }
}) {
  const t = useWords(shellMessages)
  const value = view.view.filters[filter.key]
  const listed = filter.options.find((option) => option.value === value)
  const chosen = listed ?? (value && filter.nameOf ? { value, label: filter.nameOf(value) } : undefined)
  const choose = (next: string) => view.set({ filters: { ...view.view.filters, [filter.key]: next } })
  if (chosen) {
    return (
      <button
        type="button"
        className={css.chip}
        data-on
        aria-label={t.table.remove(`${filter.label}: ${chosen.label}`)}
        onClick={() => choose('')}
      >
        {filter.label}: {chosen.label}
        <Icon name="close" size={10} />
      </button>
    )
  }
  if (filter.search) return <SearchChip filter={filter} onPick={choose} />
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={css.chip}>
          <Icon name="filter" size={12} />
          {filter.label}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {filter.options.map((option) => (
          <Menu.Item key={option.value} onClick={() => choose(option.value)}>
            {option.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** A chip whose values are found by typing; what needs no search is offered before anything is typed. */
function SearchChip({ filter, onPick }: { filter: Filter<never>; onPick: (value: string) => void }) {
  const [open, setOpen] = useState(false)
  const { label, options, search: Search } = filter
  const pick = (value: string) => {
    setOpen(false)
    onPick(value)
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" returnFocus width={260}>
      <Popover.Target>
        <button
          type="button"
          className={css.chip}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name="filter" size={12} />
          {label}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label} p="xs">
        {Search ? <Search label={label} options={options} onPick={pick} /> : null}
      </Popover.Dropdown>
    </Popover>
  )
}
