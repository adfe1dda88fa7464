import { useNavigate, useSearch } from '@tanstack/react-router'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column, Filter } from '../../web/table/column.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { usePagedSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { State, type Tone } from '../../web/ui/State.tsx'
import type { Person } from '../person.ts'
import { peopleMessages as messages } from './messages.ts'
import { useEntities } from './names.ts'
import { PersonDrawer } from './PersonDrawer.tsx'
import type { ShownPerson } from './shapes.ts'

const tones: Record<Person['state'], Tone> = { invited: 'accent', active: 'met', left: 'none' }

export function People() {
  const t = useWords(messages)
  const format = useFormat()
  const entities = useEntities()
  const navigate = useNavigate()
  const { open }: { open?: string } = useSearch({ strict: false })
  const view = useView('people')
  const source = usePagedSource<ShownPerson>('/api/people', view.query)
  const show = (id?: string) => navigate({ to: '.', search: (before: object) => ({ ...before, open: id }) })
  const person = source.rows.find((one) => one.id === open)
  const columns: Column<ShownPerson>[] = [
    { key: 'name', header: t.name, cell: (row) => format.text(row.name) },
    { key: 'email', header: t.email, cell: (row) => row.email },
    { key: 'jobTitle', header: t.jobTitle, cell: (row) => format.text(row.jobTitle) || '—' },
    { key: 'entity', header: t.entity, cell: (row) => entities.nameOf(row.entityId) || '—' },
    {
      key: 'roles',
      header: t.roles,
      cell: (row) =>
        format.list([
          ...new Set(row.grants.filter((one) => one.endedOn === null).map((one) => t.roleNames[one.role])),
        ]) || '—',
    },
    {
      key: 'state',
      header: t.state,
      width: 120,
      cell: (row) => <State tone={tones[row.state]}>{t.states[row.state]}</State>,
    },
  ]
  const filters: Filter<ShownPerson>[] = [
    {
      key: 'state',
      label: t.state,
      options: (['active', 'invited', 'left'] as const).map((value) => ({ value, label: t.states[value] })),
    },
  ]
  return (
    <>
      <RegisterTable
        caption={t.people}
        columns={columns}
        filters={filters}
        source={source}
        view={view}
        idOf={(row) => row.id}
        nameOf={(row) => format.text(row.name)}
        onOpen={(row) => show(row.id)}
        empty={<Empty title={t.emptyPeople}>{t.emptyPeopleText}</Empty>}
      />
      {person ? <PersonDrawer person={person} onClose={() => show()} /> : null}
    </>
  )
}
