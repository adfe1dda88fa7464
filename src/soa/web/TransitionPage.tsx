import { Button, SegmentedControl } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { LocalText } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { useChange, useRead } from '../../web/data.ts'
import { LocalTextField } from '../../web/form/fields.tsx'
import { useDay } from '../../web/frame/day.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import { Page, Section } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import { soaMessages } from './messages.ts'
import type { Transition, TransitionStep } from './shapes.ts'
import css from './soa.module.css'

/** What is chosen for a control and not recorded yet. */
type Choice = { applicable: boolean; justification: LocalText }

type Choices = Readonly<Record<string, Choice>>

const carried = (step: TransitionStep): LocalText => {
  const joined = (language: 'en' | 'ja') =>
    [...new Set(step.justifications.flatMap((text) => text[language] ?? []))].join('\n')
  const [en, ja] = [joined('en'), joined('ja')]
  return { ...(en ? { en } : {}), ...(ja ? { ja } : {}) }
}

const choiceOf = (step: TransitionStep, applicable: boolean): Choice => ({
  applicable,
  justification: applicable ? {} : carried(step),
})

export function TransitionPage() {
  const { programme } = useParams({ strict: false }) as { programme: string }
  const { from = '' }: { from?: string } = useSearch({ strict: false })
  const t = useWords(soaMessages)
  const read = useRead<Transition>(`/api/programmes/${programme}/transition`, { from })
  return (
    <Page
      wide
      title={t.transitionTitle}
      lead={t.transitionLead}
      above={
        <Link to="/app/soa/$programme" params={{ programme }}>
          {t.title}
        </Link>
      }
    >
      <Loaded read={read}>{(transition) => <Assistant transition={transition} />}</Loaded>
    </Page>
  )
}

/** Every control of the later edition with where it came from; choices are kept here until they are recorded together. */
function Assistant({ transition }: { transition: Transition }) {
  const t = useWords(soaMessages)
  const format = useFormat()
  const past = useIsPast()
  const day = useDay()
  const [choices, setChoices] = useState<Choices>({})
  const mayCarry = !past && transition.abilities.includes('carry')
  const open = transition.steps.filter((step) => step.decided === null)
  const chosen = Object.entries(choices)
  const decided = transition.steps.length - open.length
  const record = useChange(() =>
    call('POST', `/api/programmes/${transition.to.programmeId}/transition`, {
      body: {
        from: day,
        decisions: chosen.map(([requirement, { applicable, justification }]) => ({
          requirement,
          applicable,
          reasons: applicable ? ['baseline'] : [],
          justification: justification.en || justification.ja ? justification : null,
        })),
      },
    }),
  )
  const takeClear = () =>
    setChoices({
      ...Object.fromEntries(
        open.flatMap((step) =>
          step.proposal === 'decide' ? [] : [[step.reference, choiceOf(step, step.proposal === 'include')]],
        ),
      ),
      ...choices,
    })
  const lacking = chosen.some(([, one]) => !one.applicable && !one.justification.en && !one.justification.ja)
  return (
    <>
      <div className={css.progress}>
        <span className="tabular">
          {t.decided(format.number(decided), format.number(transition.steps.length))}
        </span>
        <progress value={decided} max={transition.steps.length} aria-label={t.transition} />
        {mayCarry && open.length > 0 ? (
          <Button variant="default" onClick={takeClear}>
            {t.takeProposals}
          </Button>
        ) : null}
        {chosen.length > 0 ? (
          <Button
            loading={record.isPending}
            disabled={lacking}
            onClick={() =>
              record.mutate(undefined, {
                onSuccess: () => {
                  notifications.show({ message: t.recorded(format.number(chosen.length)) })
                  setChoices({})
                },
              })
            }
          >
            {t.record(format.number(chosen.length))}
          </Button>
        ) : null}
      </div>
      {record.error ? <Failure error={record.error} /> : null}
      <table className={css.table}>
        <caption className="unseen">{t.transitionTitle}</caption>
        <thead>
          <tr>
            <th scope="col">{t.control}</th>
            <th scope="col">{t.cameFrom}</th>
            <th scope="col">{t.decide}</th>
          </tr>
        </thead>
        <tbody>
          {transition.steps.map((step) => (
            <StepRow
              key={step.reference}
              step={step}
              transition={transition}
              choice={choices[step.reference] ?? null}
              onChoose={(choice) => setChoices({ ...choices, [step.reference]: choice })}
              may={mayCarry}
            />
          ))}
        </tbody>
      </table>
      {transition.leftBehind.length > 0 ? (
        <Section title={t.leftBehind}>
          <ul>
            {transition.leftBehind.map((row) => (
              <li key={row.reference}>
                <code>{row.reference}</code>{' '}
                <Title labels={transition.labels.from} reference={row.reference} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  )
}

function Title({ labels, reference }: { labels: Transition['labels']['from']; reference: string }) {
  const format = useFormat()
  return <>{format.text(labels.controls.find((one) => one.reference === reference)?.title)}</>
}

type StepRowProps = {
  step: TransitionStep
  transition: Transition
  choice: Choice | null
  onChoose: (choice: Choice) => void
  may: boolean
}

function StepRow({ step, transition, choice, onChoose, may }: StepRowProps) {
  const t = useWords(soaMessages)
  return (
    <tr className={css.row}>
      <td data-first>
        <span className={css.title}>
          <code>{step.reference}</code>
          <span>
            <Title labels={transition.labels.to} reference={step.reference} />
          </span>
        </span>
        <span className={css.tag} data-origin={step.origin}>
          {t.origins[step.origin]}
        </span>
      </td>
      <td data-label={t.cameFrom}>
        <ul className={css.sources}>
          {step.sources.map((row) => (
            <li key={row.reference}>
              <State tone={row.applicable ? 'met' : 'none'}>
                <code>{row.reference}</code>{' '}
                <Title labels={transition.labels.from} reference={row.reference} />
              </State>
            </li>
          ))}
        </ul>
        <p className={css.words}>{t.why[step.why]}</p>
        {step.alsoIn.length > 0 ? <p className={css.words}>{t.alsoIn(step.alsoIn.join(', '))}</p> : null}
      </td>
      <td data-label={t.decide}>
        <Decision step={step} choice={choice} onChoose={onChoose} may={may} />
      </td>
    </tr>
  )
}

function Decision({ step, choice, onChoose, may }: Omit<StepRowProps, 'transition'>) {
  const t = useWords(soaMessages)
  const format = useFormat()
  if (step.decided !== null)
    return (
      <>
        <State tone={step.decided.applicable ? 'met' : 'none'}>
          {step.decided.applicable ? t.include : t.exclude}
        </State>
        <span className={css.since}>{t.alreadyDecided(format.shortDay(step.decided.from))}</span>
      </>
    )
  if (!may) return <State tone="unknown">{t.open}</State>
  const lacking = choice?.applicable === false && !choice.justification.en && !choice.justification.ja
  return (
    <div className={css.decision}>
      <SegmentedControl
        size="xs"
        aria-label={`${step.reference}: ${t.decide}`}
        value={choice === null ? 'open' : choice.applicable ? 'include' : 'exclude'}
        data={[
          ...(choice === null ? [{ value: 'open', label: t.open }] : []),
          { value: 'include', label: t.include },
          { value: 'exclude', label: t.exclude },
        ]}
        onChange={(next) => next !== 'open' && onChoose(choiceOf(step, next === 'include'))}
      />
      {choice?.applicable === false ? (
        <LocalTextField
          lines
          label={t.justification}
          value={choice.justification}
          onChange={(justification) => onChoose({ ...choice, justification })}
          {...(lacking ? { error: t.justificationNeeded } : {})}
        />
      ) : null}
    </div>
  )
}
