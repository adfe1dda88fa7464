import { SegmentedControl, Select } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { StandBar } from '../../web/chart/StandBar.tsx'
import { useRead } from '../../web/data.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Page } from '../../web/ui/Page.tsx'
import { DutyTable } from './DutyTable.tsx'
import css from './documented.module.css'
import { documentedMessages } from './messages.ts'
import type { Tracker, Trackers } from './shapes.ts'
import { sharesOf } from './tones.ts'

type Search = { programme?: string; show?: string }

/** What the clauses ask to be documented, programme by programme. */
export function TrackerPage() {
  const t = useWords(documentedMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const { programme }: Search = useSearch({ strict: false })
  const read = useRead<Trackers>('/api/documented-information')
  return (
    <Page title={t.title} lead={t.lead} wide>
      <Loaded read={read}>
        {({ items }) => {
          const chosen = items.find((one) => one.programmeId === programme) ?? items[0]
          if (chosen === undefined)
            return (
              <Empty title={t.empty} action={<Link to="/app/programmes">{t.programmes}</Link>}>
                {t.emptyText}
              </Empty>
            )
          return (
            <>
              {items.length > 1 ? (
                <Select
                  aria-label={t.programme}
                  w={360}
                  mb="md"
                  data={items.map((one) => ({
                    value: one.programmeId,
                    label: format.text(one.programmeName),
                  }))}
                  value={chosen.programmeId}
                  onChange={(next) =>
                    navigate({ to: '.', search: (before: object) => ({ ...before, programme: next }) })
                  }
                />
              ) : null}
              <OfProgramme key={chosen.programmeId} programmeId={chosen.programmeId} />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function OfProgramme({ programmeId }: { programmeId: string }) {
  const t = useWords(documentedMessages)
  const past = useIsPast()
  const navigate = useNavigate()
  const { show = 'all' }: Search = useSearch({ strict: false })
  const read = useRead<Tracker>(`/api/programmes/${programmeId}/documented-information`)
  return (
    <Loaded read={read}>
      {(tracker) => {
        const open = (state: string) => state !== 'current' && state !== 'not-applicable'
        const shown = tracker.duties.filter((duty) => show === 'all' || open(duty.state))
        const mayName = !past && tracker.abilities.includes('name')
        return (
          <>
            <div className={css.head}>
              <div className={css.bar}>
                <StandBar large shares={sharesOf(tracker.totals)} />
                <Totals totals={tracker.totals} />
              </div>
              <SegmentedControl
                value={show}
                data={[
                  { value: 'all', label: t.all },
                  { value: 'open', label: t.onlyOpen },
                ]}
                onChange={(next) =>
                  navigate({
                    to: '.',
                    replace: true,
                    search: (before: object) => ({ ...before, show: next }),
                  })
                }
              />
            </div>
            <DutyTable
              title={t.clauses}
              duties={shown.filter((duty) => duty.basis === 'clause')}
              tracker={tracker}
              mayName={mayName}
            />
            <DutyTable
              title={t.annex}
              duties={shown.filter((duty) => duty.basis === 'annex')}
              tracker={tracker}
              mayName={mayName}
            />
          </>
        )
      }}
    </Loaded>
  )
}

/** Counts as one sentence. */
export function Totals({ totals }: { totals: Tracker['totals'] }) {
  const t = useWords(documentedMessages)
  const format = useFormat()
  const said = (['missing', 'outdated', 'unapproved', 'incomplete'] as const)
    .filter((state) => totals[state] > 0)
    .map((state) => t.counted(t.states[state], format.number(totals[state])))
  return (
    <p className="quiet">
      {[t.counts(format.number(totals.current), format.number(totals.required)), ...said].join(' · ')}
    </p>
  )
}
