import { Button } from '@mantine/core'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { programmeFormMessages } from '../../programmes/web/messages.ts'
import type { ProgrammeAnswer } from '../../programmes/web/shapes.ts'
import { useRead } from '../../web/data.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Facts } from '../../web/ui/Facts.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Page } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import type { RequirementState } from '../state.ts'
import { postureMessages } from './messages.ts'
import css from './requirement.module.css'
import { type ProgrammePosture, type RequirementAnswer, type UnitAnswer, unitKey } from './shapes.ts'
import { UnitPanel } from './UnitPanel.tsx'
import { requirementTones } from './words.ts'

const DecideForm = lazy(() => import('../../programmes/web/DecideForm.tsx'))

const urgency: readonly RequirementState[] = ['failing', 'partial', 'not-assessed', 'met', 'not-applicable']

export function RequirementPage() {
  const { id, requirement } = useParams({ strict: false }) as { id: string; requirement: string }
  const read = useRead<RequirementAnswer>(
    `/api/posture/programmes/${id}/requirements/${encodeURIComponent(requirement)}`,
  )
  return <Loaded read={read}>{(answer) => <Answer key={requirement} answer={answer} />}</Loaded>
}

// More panels than this would be read by nobody at once.
const mostOpen = 3

const storyOf = (one: UnitAnswer): string =>
  JSON.stringify([one.state, one.controls.map(({ control, state, reasons }) => [control.id, state, reasons])])

/** The unit asked for, or else of each different story the first that is not in order; never none. */
function openUnits(units: readonly UnitAnswer[], asked: string | undefined): ReadonlySet<string> {
  if (asked) return new Set([asked])
  const told = new Map<string, string>()
  for (const one of units) {
    const open = one.state !== 'met' && one.state !== 'not-applicable'
    if ((open || told.size === 0) && told.size < mostOpen && !told.has(storyOf(one)))
      told.set(storyOf(one), unitKey(one.unit))
  }
  return new Set(told.values())
}

/** One requirement of a programme: where it stands at each unit, and why, down to the evidence. */
function Answer({ answer }: { answer: RequirementAnswer }) {
  const t = useWords(postureMessages)
  const format = useFormat()
  const { unit }: { unit?: string } = useSearch({ strict: false })
  const programme = useRead<ProgrammeAnswer>(`/api/programmes/${answer.programmeId}`)
  const units = answer.units.toSorted(
    (a, b) =>
      Number(unitKey(b.unit) === unit) - Number(unitKey(a.unit) === unit) ||
      urgency.indexOf(a.state) - urgency.indexOf(b.state),
  )
  const open = openUnits(units, unit)
  return (
    <Page
      title={`${answer.requirement} ${format.text(answer.title)}`}
      beside={<State tone={requirementTones[answer.state]}>{t.states[answer.state]}</State>}
      above={
        <>
          <Link to="/app/posture">{t.title}</Link> ›{' '}
          <Link
            to="/app/programmes/$id"
            params={{ id: answer.programmeId }}
            search={(before: object) => before}
          >
            {format.text(programme.data?.name) || t.programme}
          </Link>
        </>
      }
      actions={<Actions answer={answer} programme={programme.data} />}
    >
      <Facts
        facts={[
          { label: t.state, value: t.stateMeans[answer.state] },
          { label: t.coverage, value: t.levels[answer.coverage] },
          { label: t.assurance, value: t.levels[answer.assurance] },
          { label: t.units, value: t.unitCount(format.number(answer.units.length)) },
        ]}
      />
      <div className={css.units}>
        {units.map((one) => (
          <UnitPanel
            key={unitKey(one.unit)}
            one={one}
            day={answer.day}
            startsOpen={open.has(unitKey(one.unit))}
          />
        ))}
      </div>
      <Neighbours answer={answer} />
    </Page>
  )
}

type ActionsProps = { answer: RequirementAnswer; programme: ProgrammeAnswer | undefined }

function Actions({ answer, programme }: ActionsProps) {
  const words = useWords(programmeFormMessages)
  const past = useIsPast()
  const [deciding, setDeciding] = useState<boolean | null>(null)
  if (past || !programme?.abilities.includes('decide') || programme.edition !== answer.edition) return null
  const excluded = answer.state === 'not-applicable'
  return (
    <>
      <Button variant="default" onClick={() => setDeciding(excluded)}>
        {excluded ? words.apply : words.exclude}
      </Button>
      {deciding === null ? null : (
        <Suspense fallback={null}>
          <DecideForm
            programmeId={answer.programmeId}
            requirements={[answer.requirement]}
            applicable={deciding}
            onClose={() => setDeciding(null)}
          />
        </Suspense>
      )}
    </>
  )
}

/** The requirements before and after this one. */
function Neighbours({ answer }: { answer: RequirementAnswer }) {
  const t = useWords(postureMessages)
  const { data } = useRead<ProgrammePosture>(`/api/posture/programmes/${answer.programmeId}`)
  const rows = data?.requirements ?? []
  const at = rows.findIndex((row) => row.requirement === answer.requirement && row.edition === answer.edition)
  const link = (index: number, icon: 'previous' | 'next') => {
    const row = at < 0 ? undefined : rows[index]
    if (row === undefined) return <span />
    return (
      <Link
        to="/app/programmes/$id/$requirement"
        params={{ id: answer.programmeId, requirement: row.requirement }}
        search={(before: object) => before}
        data-way={icon}
      >
        <Icon name="chevron" size={12} />
        {t[icon](row.requirement)}
      </Link>
    )
  }
  return (
    <div className={css.neighbours}>
      {link(at - 1, 'previous')}
      {link(at + 1, 'next')}
    </div>
  )
}
