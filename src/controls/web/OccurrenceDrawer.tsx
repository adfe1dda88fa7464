import { Drawer } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { LeaveDialog } from '../../evidence/web/LeaveDialog.tsx'
import { useRead } from '../../web/data.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Pairs } from '../../web/ui/Facts.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { Attempts } from './Attempts.tsx'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import type { Places } from './names.ts'
import { OccurrenceMark } from './OccurrenceMark.tsx'
import { ReasonForm } from './ReasonForm.tsx'
import type { OccurrenceAnswer } from './shapes.ts'
import { TaskWork } from './TaskWork.tsx'

type DrawerProps = { id: string; places: Places; onClose: () => void }

/** One time that a control is to be carried out: what was done, and what can be recorded now. */
export default function OccurrenceDrawer({ id, places, onClose }: DrawerProps) {
  const t = useWords(controlMessages)
  const read = useRead<OccurrenceAnswer>(`/api/occurrences/${id}`)
  const [pending, setPending] = useState(0)
  const [asking, setAsking] = useState(false)
  return (
    <Drawer
      opened
      onClose={() => (pending > 0 ? setAsking(true) : onClose())}
      title={read.data ? t.occurrence.title(read.data.control.code) : t.occurrences.caption}
      size={560}
      closeButtonProps={{ 'aria-label': t.bulk.close }}
    >
      <Loaded read={read}>{(one) => <Body one={one} places={places} onPending={setPending} />}</Loaded>
      <LeaveDialog count={pending} open={asking} onStay={() => setAsking(false)} onLeave={onClose} />
    </Drawer>
  )
}

type BodyProps = { one: OccurrenceAnswer; places: Places; onPending: (count: number) => void }

function Body({ one, places, onPending }: BodyProps) {
  const t = useWords(controlMessages)
  const format = useFormat()
  const past = useIsPast()
  const [reason, setReason] = useState(false)
  const may = (ability: string) => !past && one.abilities.includes(ability)
  const people = new Map(one.people.map((each) => [each.id, format.text(each.name)]))
  return (
    <div className={css.occurrence}>
      <Pairs
        facts={[
          {
            label: t.occurrence.control,
            value: (
              <Link to="/app/controls/$id" params={{ id: one.control.id }}>
                <code>{one.control.code}</code> {format.text(one.control.name)}
              </Link>
            ),
          },
          { label: t.occurrences.place, value: places.place(one) },
          {
            label: t.occurrences.period,
            value: `${format.shortDay(one.periodFrom)} – ${format.shortDay(one.periodTo)}`,
          },
          { label: t.occurrences.due, value: format.day(one.dueBy) },
          { label: t.occurrences.state, value: <OccurrenceMark one={one} /> },
          ...(one.trigger ? [{ label: t.occurrences.trigger, value: one.trigger }] : []),
          ...(one.plannedOn > one.periodFrom && one.trigger === null
            ? [
                {
                  label: '',
                  value: (
                    <span className="quiet">{t.occurrences.plannedLate(format.shortDay(one.plannedOn))}</span>
                  ),
                },
              ]
            : []),
          ...(one.missed
            ? [
                {
                  label: t.occurrence.missedReason,
                  value: (
                    <>
                      {one.missed.reason}
                      <div className="quiet">
                        {t.occurrence.explained(
                          people.get(one.missed.personId ?? '') ?? t.occurrence.bySystem,
                          format.shortDay(one.missed.on),
                        )}
                      </div>
                    </>
                  ),
                },
              ]
            : []),
          ...(one.cancelled
            ? [
                {
                  label: t.occurrence.cancelled(format.shortDay(one.cancelled.on)),
                  value: one.cancelled.reason,
                },
              ]
            : []),
        ]}
      />
      <Section title={t.occurrence.attempts}>
        <Attempts one={one} />
      </Section>
      <TaskWork one={one} perform={may('perform')} onPending={onPending} />
      {may('explain') || may('cancel') ? (
        <ReasonForm
          key={`reason ${one.version}`}
          one={one}
          act={may('explain') ? 'explain' : 'cancel'}
          open={reason}
          onOpen={setReason}
        />
      ) : null}
    </div>
  )
}
