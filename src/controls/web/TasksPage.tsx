import { Button } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { useRead } from '../../web/data.ts'
import { useMay, useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Count, Page, Section } from '../../web/ui/Page.tsx'
import { usePlaces } from './names.ts'
import type { Named, Task, Tasks, Unreviewed } from './shapes.ts'
import { TaskList } from './TaskList.tsx'
import { taskMessages } from './task-messages.ts'
import css from './tasks.module.css'

const ReviewDialog = lazy(() => import('./ReviewDialog.tsx'))

/** What one person has to do, the overdue first; each opens where it stands and is recorded there. */
export function TasksPage() {
  const t = useWords(taskMessages)
  const format = useFormat()
  const { person, task }: { person?: string; task?: string } = useSearch({ strict: false })
  const read = useRead<Tasks>('/api/tasks', { person })
  const me = useMe().data?.person
  const others = person !== undefined && person !== me?.id
  return (
    <Page
      title={others && read.data?.person ? t.titleOf(format.text(read.data.person.name)) : t.title}
      beside={
        read.data && read.data.total > 0 ? <Count>{t.count(format.number(read.data.total))}</Count> : null
      }
      actions={<Whose person={person} shown={read.data?.person ?? null} />}
    >
      <Loaded read={read}>{(tasks) => <Sorted key={person} tasks={tasks} first={task ?? null} />}</Loaded>
    </Page>
  )
}

/** Those who manage others see what waits for them, too. */
type WhoseProps = { person: string | undefined; shown: Named | null }

function Whose({ person, shown }: WhoseProps) {
  const t = useWords(taskMessages)
  const may = useMay()
  const me = useMe().data?.person?.id
  const navigate = useNavigate()
  if (!may('person.read')) return null
  return (
    <PersonSelect
      label={t.whose}
      bare
      value={person ?? me ?? null}
      already={[shown]}
      onChange={(next) =>
        navigate({
          to: '.',
          search: (before: object) => ({ ...before, person: next === me ? undefined : (next ?? undefined) }),
        })
      }
    />
  )
}

const isLate = (one: Task, day: string) =>
  one.state === 'missed' || (one.state === 'failed' && one.dueBy < day)

type SortedProps = {
  tasks: Tasks
  /** The task that a link leads to: open from the beginning. */
  first: string | null
}

function Sorted({ tasks, first }: SortedProps) {
  const t = useWords(taskMessages)
  const format = useFormat()
  const places = usePlaces()
  const { items, total, day, unreviewed } = tasks
  const groups = [
    { key: 'late' as const, items: items.filter((one) => isLate(one, day)) },
    { key: 'now' as const, items: items.filter((one) => !isLate(one, day) && one.state !== 'planned') },
    { key: 'soon' as const, items: items.filter((one) => one.state === 'planned') },
  ].filter((group) => group.items.length > 0)
  if (items.length + unreviewed.length === 0) return <Empty title={t.nothing}>{t.nothingText}</Empty>
  return (
    <>
      <TaskList groups={groups} places={places} day={day} first={first} />
      {total > items.length ? <p className="quiet">{t.more(format.number(total - items.length))}</p> : null}
      {unreviewed.length > 0 ? <Words unreviewed={unreviewed} /> : null}
    </>
  )
}

/** Controls whose words nobody has confirmed: read and confirmed together, each by its text. */
function Words({ unreviewed }: { unreviewed: readonly Unreviewed[] }) {
  const t = useWords(taskMessages)
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const mine = unreviewed.filter((one) => one.abilities.includes('review'))
  return (
    <Section title={t.words} beside={<Count>{format.number(unreviewed.length)}</Count>}>
      <p className="quiet">{t.wordsText}</p>
      <ul className={css.words}>
        {unreviewed.map((one) => (
          <li key={one.id}>
            <code>{one.code}</code> {format.text(one.name)}
          </li>
        ))}
      </ul>
      {mine.length > 0 ? (
        <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
          {t.confirmAll(format.number(mine.length))}
        </Button>
      ) : null}
      <Suspense fallback={null}>
        {open ? (
          <ReviewDialog rows={mine} onClose={() => setOpen(false)} onDone={() => setOpen(false)} />
        ) : null}
      </Suspense>
    </Section>
  )
}
