import { Button } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { Page } from '../../web/ui/Page.tsx'
import { nextStep, type StepKey, stepKeys } from '../step.ts'
import { AssetsStep } from './AssetsStep.tsx'
import { useBeginning, useSay } from './beginning.ts'
import { EntitiesStep } from './EntitiesStep.tsx'
import { FrameworksStep } from './FrameworksStep.tsx'
import { Invitations, type Invited } from './Invitations.tsx'
import { MethodStep } from './MethodStep.tsx'
import { onboardingMessages } from './messages.ts'
import css from './onboarding.module.css'
import { PeopleStep } from './PeopleStep.tsx'
import { RisksStep } from './RisksStep.tsx'
import { ScopeStep } from './ScopeStep.tsx'
import { StepList } from './StepList.tsx'
import type { Beginning } from './shapes.ts'

const isStep = (text: unknown): text is StepKey => stepKeys.some((key) => key === text)

/** The first days: seven steps that can be left, skipped and done again, with progress read from what is there. */
export function StartPage() {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  const read = useBeginning()
  const { data } = read
  const steps = data?.progress?.steps ?? []
  const done = steps.filter(({ state }) => state === 'done').length
  const nothing = <Empty title={t.notYours}>{t.notYoursText}</Empty>
  return (
    <Page
      title={t.title}
      lead={t.lead}
      beside={
        steps.length > 0 ? (
          <span className="quiet tabular">{t.settled(format.number(done), format.number(steps.length))}</span>
        ) : null
      }
    >
      {read.isPending && read.fetchStatus === 'idle' ? (
        nothing
      ) : (
        <Loaded read={read}>
          {(answer) =>
            answer.progress === null ? (
              nothing
            ) : (
              <Steps beginning={{ ...answer, progress: answer.progress }} />
            )
          }
        </Loaded>
      )}
    </Page>
  )
}

function Steps({ beginning }: { beginning: Beginning }) {
  const t = useWords(onboardingMessages)
  const say = useSay(beginning)
  const { progress, putAwayOn } = beginning
  const { step: asked }: { step?: string } = useSearch({ strict: false })
  // Without a step in the address, the one to go on with; it stays while its own work is done.
  const [opened] = useState(() => nextStep(progress.steps))
  const step = isStep(asked) ? asked : opened
  const [invited, setInvited] = useState<readonly Invited[]>([])
  return (
    <>
      {say.error ? <Failure error={say.error} /> : null}
      {progress.complete ? (
        <Notice tone="met" calm action={<Link to="/app/controls">{t.completeLink}</Link>}>
          {t.complete}
        </Notice>
      ) : null}
      {putAwayOn !== null && !progress.complete ? (
        <Notice
          tone="unknown"
          calm
          action={
            <Button variant="default" loading={say.isPending} onClick={() => say.mutate({ putAway: false })}>
              {t.awayUndo}
            </Button>
          }
        >
          {t.away}
        </Notice>
      ) : null}
      <div className={css.layout}>
        <StepList steps={progress.steps} here={step} />
        <div className={css.body}>
          <OneStep step={step} beginning={beginning} onInvited={setInvited} />
          <Invitations invited={invited} />
        </div>
      </div>
    </>
  )
}

type OneStepProps = {
  step: StepKey
  beginning: Beginning
  onInvited: (add: (before: readonly Invited[]) => readonly Invited[]) => void
}

function OneStep({ step, beginning, onInvited }: OneStepProps) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  const past = useIsPast()
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = useRef(step)
  useEffect(() => {
    // Whoever moves between steps goes on reading at the top of the new one; the first is met in its place.
    if (shown.current === step) return
    shown.current = step
    heading.current?.focus()
  }, [step])
  const at = stepKeys.indexOf(step)
  const state = beginning.progress.steps[at]?.state ?? 'open'
  return (
    <section aria-labelledby="step">
      <p className="quiet tabular">{t.stepOf(format.number(at + 1), format.number(stepKeys.length))}</p>
      <h2 id="step" tabIndex={-1} ref={heading}>
        {t.titles[step]}
      </h2>
      <p className={css.lead}>{t.leads[step]}</p>
      {state === 'skipped' ? (
        <Notice tone="unknown" calm>
          {t.skippedText}
        </Notice>
      ) : null}
      <div className={css.parts}>
        {past ? (
          <Notice tone="unknown" calm>
            {t.past}
          </Notice>
        ) : (
          <Work key={step} step={step} beginning={beginning} onInvited={onInvited} />
        )}
      </div>
      <Onward
        key={step}
        step={step}
        beginning={beginning}
        isSkipped={state === 'skipped'}
        isDone={state === 'done'}
      />
    </section>
  )
}

function Work({ step, beginning, onInvited }: OneStepProps) {
  const { counts } = beginning.progress
  switch (step) {
    case 'entities':
      return <EntitiesStep />
    case 'scope':
      return <ScopeStep beginning={beginning} />
    case 'people':
      return <PeopleStep count={counts.people} onInvited={(one) => onInvited((before) => [...before, one])} />
    case 'frameworks':
      return <FrameworksStep beginning={beginning} />
    case 'method':
      return <MethodStep approvers={counts.approvers} />
    case 'assets':
      return <AssetsStep count={counts.assets} />
    case 'risks':
      return <RisksStep assets={counts.assets} risks={counts.risks} />
  }
}

type OnwardProps = { step: StepKey; beginning: Beginning; isSkipped: boolean; isDone: boolean }

/** The ways on from a step: back, skipped, or to the next one. */
function Onward({ step, beginning, isSkipped, isDone }: OnwardProps) {
  const t = useWords(onboardingMessages)
  const past = useIsPast()
  const navigate = useNavigate()
  const say = useSay(beginning)
  const at = stepKeys.indexOf(step)
  const [before, after] = [stepKeys[at - 1], stepKeys[at + 1]]
  const go = (key: StepKey) => navigate({ to: '.', search: (search: object) => ({ ...search, step: key }) })
  const { skipped } = beginning
  const mayChange = !past && beginning.abilities.includes('update')
  const skip = () =>
    say.mutate({ skipped: [...skipped, step] }, { onSuccess: () => (after ? go(after) : undefined) })
  return (
    <>
      {say.error ? <Failure error={say.error} /> : null}
      <div className={css.onward}>
        {before ? (
          <Button variant="default" onClick={() => go(before)}>
            {t.back}
          </Button>
        ) : null}
        <span className={css.gap} />
        {isDone || !mayChange ? null : isSkipped ? (
          <Button
            variant="subtle"
            loading={say.isPending}
            onClick={() => say.mutate({ skipped: skipped.filter((key) => key !== step) })}
          >
            {t.unskip}
          </Button>
        ) : (
          <Button variant="subtle" loading={say.isPending} onClick={skip}>
            {t.skip}
          </Button>
        )}
        {after ? (
          <Button variant={isDone ? 'filled' : 'default'} onClick={() => go(after)}>
            {t.next}
          </Button>
        ) : (
          <Button variant={isDone ? 'filled' : 'default'} onClick={() => navigate({ to: '/app' })}>
            {t.toHome}
          </Button>
        )}
      </div>
    </>
  )
}
