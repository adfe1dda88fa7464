import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useRead } from '../../web/data.ts'
import { useDay } from '../../web/frame/day.ts'
import { useMayNow } from '../../web/frame/me.ts'
import { useOpen } from '../../web/frame/open.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column, Filter } from '../../web/table/column.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { useListSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import { programmeFormMessages } from './messages.ts'
import { useProgrammeNames } from './names.ts'
import type { ProgrammeAnswer } from './shapes.ts'

const ProgrammeForm = lazy(() => import('./ProgrammeForm.tsx'))

type Standing = 'running' | 'ended' | 'planned'

const standingOf = (one: ProgrammeAnswer, day: string): Standing =>
  one.running ? 'running' : one.endedOn !== null && one.endedOn < day ? 'ended' : 'planned'

const tones = { running: 'met', ended: 'none', planned: 'accent' } as const

const auditAfter = (one: ProgrammeAnswer, day: string) =>
  one.cycles
    .map((cycle) => cycle.auditOn ?? cycle.to)
    .filter((audit) => audit >= day)
    .toSorted()[0] ?? null

/** The programmes: running, ended and yet to begin. */
export function ProgrammesPage() {
  const t = useWords(programmeFormMessages)
  const format = useFormat()
  const day = useDay()
  const names = useProgrammeNames()
  const may = useMayNow()
  const navigate = useNavigate()
  const { open, show } = useOpen()
  const view = useView('programmes')
  const read = useRead<{ items: ProgrammeAnswer[] }>('/api/programmes')
  const columns: Column<ProgrammeAnswer>[] = [
    { key: 'name', header: t.name, cell: (row) => format.text(row.name), by: (row) => format.text(row.name) },
    { key: 'edition', header: t.edition, cell: (row) => format.text(row.editionName) },
    {
      key: 'state',
      header: t.state,
      width: 110,
      cell: (row) => {
        const standing = standingOf(row, day)
        return <State tone={tones[standing]}>{t[standing]}</State>
      },
    },
    {
      key: 'requirements',
      header: t.requirements,
      width: 110,
      by: (row) => row.requirements,
      cell: (row) => format.number(row.requirements),
    },
    {
      key: 'excluded',
      header: t.excluded,
      width: 130,
      cell: (row) => (row.notApplicable > 0 ? format.number(row.notApplicable) : '—'),
    },
    {
      key: 'audit',
      header: t.audit,
      width: 160,
      by: (row) => auditAfter(row, day),
      cell: (row) => format.day(auditAfter(row, day)),
    },
    { key: 'owner', header: t.owner, width: 170, cell: (row) => names.person(row.ownerId) || '—' },
  ]
  const filters: Filter<ProgrammeAnswer>[] = [
    {
      key: 'state',
      label: t.state,
      options: (['running', 'planned', 'ended'] as const).map((value) => ({ value, label: t[value] })),
      of: (row) => standingOf(row, day),
    },
  ]
  const source = useListSource(read, columns, filters, view.view)
  const begin = may('programme.create') ? (
    <Button leftSection={<Icon name="plus" />} onClick={() => show('new')}>
      {t.new}
    </Button>
  ) : null
  return (
    <Page
      title={t.title}
      wide
      lead={t.lead}
      beside={read.data ? <Count>{format.number(source.total)}</Count> : null}
      actions={begin}
    >
      <RegisterTable
        caption={t.title}
        columns={columns}
        filters={filters}
        source={source}
        view={view}
        idOf={(row) => row.id}
        nameOf={(row) => format.text(row.name)}
        to={(row) => `/app/programmes/${row.id}`}
        empty={
          <Empty title={t.empty} action={begin}>
            {t.emptyText}
          </Empty>
        }
      />
      {open === 'new' && may('programme.create') && names.ready ? (
        <Suspense fallback={null}>
          <ProgrammeForm
            programme={null}
            names={names}
            onClose={() => show()}
            onSaved={(id) => navigate({ to: '/app/programmes/$id', params: { id } })}
          />
        </Suspense>
      ) : null}
    </Page>
  )
}
