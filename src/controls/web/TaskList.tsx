import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { LeaveDialog } from '../../evidence/web/LeaveDialog.tsx'
import { isTyping } from '../../web/frame/shortcuts.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { Count, Section } from '../../web/ui/Page.tsx'
import { Attempts } from './Attempts.tsx'
import { useDistance } from './distance.ts'
import { controlMessages } from './messages.ts'
import type { Places } from './names.ts'
import { OccurrenceMark } from './OccurrenceMark.tsx'
import { ReasonForm } from './ReasonForm.tsx'
import type { Task } from './shapes.ts'
import { TaskWork } from './TaskWork.tsx'
import { taskMessages } from './task-messages.ts'
import css from './tasks.module.css'
import { useFrequencyWords } from './words.ts'

type Group = { key: 'late' | 'now' | 'soon'; items: readonly Task[] }
type TaskListProps = { groups: readonly Group[]; places: Places; day: string; first: string | null }

/** Tasks under each other; one is open at a time. After recording, the next one opens by itself. */
export function TaskList({ groups, places, day, first }: TaskListProps) {
  const t = useWords(taskMessages)
  const format = useFormat()
  const list = useRef<HTMLDivElement>(null)
  const all = groups.flatMap((group) => group.items)
  const [open, setOpen] = useState(first)
  const [pending, setPending] = useState(0)
  // What would be opened, or nothing, once the reader has decided about files of the task that is open.
  const [asked, setAsked] = useState<{ open: string | null } | null>(null)
  useTaskKeys(list)
  const turn = (id: string | null) => (pending > 0 ? setAsked({ open: id }) : setOpen(id))
  const next = (id: string) => {
    const at = all.findIndex((one) => one.id === id)
    const following = all[at + 1]
    setOpen(following && following.state !== 'planned' ? following.id : null)
  }
  return (
    <div ref={list}>
      {groups.map((group) => (
        <Section
          key={group.key}
          title={t[group.key]}
          beside={<Count>{format.number(group.items.length)}</Count>}
        >
          <ul className={css.tasks} data-group={group.key}>
            {group.items.map((one) => (
              <Item
                key={one.id}
                one={one}
                places={places}
                day={day}
                open={open === one.id}
                onTurn={() => turn(open === one.id ? null : one.id)}
                onDone={() => next(one.id)}
                onPending={setPending}
              />
            ))}
          </ul>
        </Section>
      ))}
      <p className={css.keys}>{t.keys}</p>
      <LeaveDialog
        count={pending}
        open={asked !== null}
        onStay={() => setAsked(null)}
        onLeave={() => {
          setOpen(asked?.open ?? null)
          setAsked(null)
        }}
      />
    </div>
  )
}

/** j and k walk through the tasks. */
function useTaskKeys(list: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key !== 'j' && event.key !== 'k') return
      const heads = [...(list.current?.querySelectorAll<HTMLElement>('button[aria-expanded]') ?? [])]
      const at = heads.indexOf(document.activeElement as HTMLElement)
      heads[event.key === 'j' ? Math.min(at + 1, heads.length - 1) : Math.max(at - 1, 0)]?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [list])
}

type ItemProps = {
  one: Task
  places: Places
  day: string
  open: boolean
  onTurn: () => void
  onDone: () => void
  /** Files of the open task that are no evidence yet. */
  onPending: (count: number) => void
}

function Item({ one, places, day, open, onTurn, onDone, onPending }: ItemProps) {
  const t = useWords(taskMessages)
  const format = useFormat()
  const distance = useDistance()
  const when = one.state === 'planned' ? one.periodFrom : one.dueBy
  return (
    <li className={css.task} data-open={open || undefined}>
      <button type="button" className={css.head} aria-expanded={open} onClick={onTurn}>
        <Icon name={open ? 'down' : 'chevron'} />
        <span className={css.name}>
          {format.text(one.control.name)}
          <small>
            <code>{one.control.code}</code> {places.place(one)}
            {one.trigger ? ` · ${one.trigger}` : ''}
          </small>
        </span>
        <OccurrenceMark one={one} />
        <span className={css.when}>
          {one.state === 'planned' ? t.begins(format.shortDay(when)) : t.due(format.shortDay(when))}
          <small>{distance(when, day)}</small>
        </span>
      </button>
      {open ? <TaskBody one={one} onDone={onDone} onPending={onPending} /> : null}
    </li>
  )
}

type TaskBodyProps = Pick<ItemProps, 'one' | 'onDone' | 'onPending'>

function TaskBody({ one, onDone, onPending }: TaskBodyProps) {
  const t = useWords(taskMessages)
  const words = useWords(controlMessages)
  const format = useFormat()
  const frequency = useFrequencyWords()
  const past = useIsPast()
  const [explaining, setExplaining] = useState(false)
  const [note, setNote] = useState('')
  const may = (ability: string) => !past && one.abilities.includes(ability)
  const { last } = one
  return (
    <div className={css.body}>
      <div className={css.instruction}>
        <h3>{t.instruction}</h3>
        <p>{format.text(one.practice ?? one.objective)}</p>
        <h3>{t.here}</h3>
        <p>{format.text(one.description)}</p>
        <p className="quiet">{frequency(one.frequency)}</p>
        {last ? (
          <blockquote className={css.last}>
            <h3>{t.last(format.shortDay(last.on), format.text(last.by?.name) || t.someone)}</h3>
            {last.note ? <p>{last.note}</p> : null}
            {last.note && may('perform') ? (
              <Button size="compact-xs" variant="subtle" onClick={() => setNote(last.note ?? '')}>
                {t.use}
              </Button>
            ) : null}
          </blockquote>
        ) : (
          <p className="quiet">{t.lastNone}</p>
        )}
        <Link to="/app/controls/$id" params={{ id: one.control.id }}>
          {t.open(one.control.code)}
        </Link>
      </div>
      <div className={css.work}>
        {one.attempts.length > 0 ? <Attempts one={one} /> : null}
        <TaskWork one={one} perform={may('perform')} note={note} onDone={onDone} onPending={onPending} />
        {one.state === 'planned' ? <p className="quiet">{t.notBegun(format.day(one.periodFrom))}</p> : null}
        {one.missed ? (
          <p className="quiet">{`${words.occurrence.missedReason}: ${one.missed.reason}`}</p>
        ) : null}
        {may('explain') ? (
          <ReasonForm one={one} act="explain" open={explaining} onOpen={setExplaining} />
        ) : null}
      </div>
    </div>
  )
}
