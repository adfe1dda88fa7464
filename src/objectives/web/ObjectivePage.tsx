import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { RecordHistory } from '../../log/web/RecordHistory.tsx'
import { type ProgrammeNames, useProgrammeNames } from '../../programmes/web/names.ts'
import { useRead } from '../../web/data.ts'
import { useDay } from '../../web/frame/day.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Facts, Pairs } from '../../web/ui/Facts.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Page, Section } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import { MeasureChart } from './MeasureChart.tsx'
import { objectiveMessages } from './messages.ts'
import css from './objectives.module.css'
import { ReadingTable } from './ReadingTable.tsx'
import type { ObjectiveRecord, ShownReading } from './shapes.ts'
import { ObjectiveMark, Owner, useValues } from './words.tsx'

const ObjectiveForm = lazy(() => import('./ObjectiveForm.tsx'))
const ReadingForm = lazy(() => import('./ReadingForm.tsx'))
const EndForm = lazy(() => import('./EndForm.tsx'))

export function ObjectivePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const read = useRead<ObjectiveRecord>(`/api/objectives/${id}`)
  return <Loaded read={read}>{(one) => <Record one={one} />}</Loaded>
}

type Open = 'edit' | 'end' | 'read' | ShownReading | null

/** One objective: how it stands, its readings over time against its targets, and how it is measured. */
function Record({ one }: { one: ObjectiveRecord }) {
  const t = useWords(objectiveMessages)
  const format = useFormat()
  const names = useProgrammeNames()
  const past = useIsPast()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const can = (ability: string) => !past && one.abilities.includes(ability)
  return (
    <Page
      title={format.text(one.name)}
      wide
      above={<Link to="/app/objectives">{t.title}</Link>}
      beside={
        <>
          <ObjectiveMark state={one.state} />
          {one.running === 'standing' ? null : <State tone="none">{t.running[one.running]}</State>}
        </>
      }
      lead={t.stateHints[one.state === 'unread' && one.stale ? 'stale' : one.state]}
      actions={
        <>
          {can('update') && one.running !== 'ended' ? (
            <Button variant="default" onClick={() => setOpen('end')}>
              {t.end}
            </Button>
          ) : null}
          {can('update') ? (
            <Button variant="default" leftSection={<Icon name="pencil" />} onClick={() => setOpen('edit')}>
              {t.edit}
            </Button>
          ) : null}
          {can('read') && one.running === 'standing' ? (
            <Button leftSection={<Icon name="plus" />} onClick={() => setOpen('read')}>
              {t.addReading}
            </Button>
          ) : null}
        </>
      }
    >
      <Strip one={one} />
      <div className={css.columns}>
        <div>
          <Chart one={one} />
          <Section title={t.readings}>
            <ReadingTable one={one} {...(can('read') ? { onCorrect: setOpen } : {})} />
          </Section>
        </div>
        <About one={one} names={names} />
      </div>
      <Suspense fallback={null}>
        {open === 'edit' && names.ready ? (
          <ObjectiveForm one={one} names={names} onClose={close} onSaved={close} />
        ) : null}
        {open === 'end' ? <EndForm one={one} onClose={close} /> : null}
        {open === 'read' ? <ReadingForm one={one} wrong={null} onClose={close} /> : null}
        {open !== null && typeof open === 'object' ? (
          <ReadingForm one={one} wrong={open} onClose={close} />
        ) : null}
      </Suspense>
    </Page>
  )
}

function Strip({ one }: { one: ObjectiveRecord }) {
  const t = useWords(objectiveMessages)
  const format = useFormat()
  const day = useDay()
  const values = useValues(one)
  const late = one.readingDue !== null && one.readingDue < day && one.running === 'standing'
  return (
    <Facts
      facts={[
        {
          label: t.value,
          value:
            one.value !== null && one.readOn ? (
              <>
                <div className={css.big}>{values.value(one.value)}</div>
                <span className="quiet">{format.day(one.readOn)}</span>
              </>
            ) : (
              t.noValue
            ),
        },
        {
          label: t.target,
          value: one.target ? t.targetBy(values.target(one.target), format.day(one.target.by)) : '—',
        },
        {
          label: t.nextTarget,
          value: one.next ? t.targetBy(values.target(one.next), format.day(one.next.by)) : t.noTarget,
        },
        {
          label: t.due,
          value: late ? (
            <span className={css.late}>{t.overdue(format.day(one.readingDue))}</span>
          ) : (
            format.day(one.readingDue)
          ),
        },
        { label: t.owner, value: <Owner owner={one.owner} /> },
      ]}
    />
  )
}

/** The drawing, with its words; the table of readings below says the same. */
function Chart({ one }: { one: ObjectiveRecord }) {
  const t = useWords(objectiveMessages)
  const format = useFormat()
  const day = useDay()
  const values = useValues(one)
  if (one.readings.length === 0) return <p className="quiet">{t.noReadings}</p>
  const last =
    one.value !== null && one.readOn
      ? t.lastValue(values.value(one.value), format.day(one.readOn))
      : t.noValue
  const name = format.text(one.measure.name)
  return (
    <figure className={css.figure}>
      <figcaption>{name}</figcaption>
      <MeasureChart
        one={one}
        day={day}
        alternative={t.alternative(name, format.number(one.readings.length), last)}
      />
      <div className={css.legend} aria-hidden="true">
        <span>
          <i className={css.readingSample} />
          {t.readings}
        </span>
        <span>
          <i className={css.targetSample} />
          {t.targets}
        </span>
      </div>
    </figure>
  )
}

function About({ one, names }: { one: ObjectiveRecord; names: ProgrammeNames }) {
  const t = useWords(objectiveMessages)
  const format = useFormat()
  const { measure } = one
  const programmes = useRead<{ items: { id: string; name: object }[] }>('/api/programmes').data?.items ?? []
  const programme = (id: string) => format.text(programmes.find((each) => each.id === id)?.name)
  return (
    <div>
      <Section title={t.why}>
        <p className={css.prose}>{format.text(one.why)}</p>
      </Section>
      <Section title={t.plan}>
        <p className={css.prose}>{format.text(one.plan) || <span className="quiet">{t.noPlan}</span>}</p>
      </Section>
      <Section title={t.measure}>
        <Pairs
          facts={[
            { label: t.measureName, value: format.text(measure.name) },
            { label: t.method, value: <span className={css.prose}>{format.text(measure.method)}</span> },
            { label: t.direction, value: t.directions[measure.direction] },
            { label: t.rhythm, value: t.every(format.number(measure.everyMonths)) },
            { label: t.measuredBy, value: <Owner owner={one.measuredBy} /> },
            { label: t.evaluatedBy, value: <Owner owner={one.evaluatedBy} /> },
            { label: t.entities, value: format.list(one.entityIds.map(names.entity)) || t.all },
            { label: t.programmes, value: format.list(one.programmeIds.map(programme)) || '—' },
            { label: t.key, value: <code>{one.key}</code> },
          ]}
        />
      </Section>
      <Section title={t.history}>
        <RecordHistory noun="objective" id={one.id} />
      </Section>
    </div>
  )
}
