import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Failure } from '../../web/ui/Notice.tsx'
import { isUntouched, nextStep, stepKeys } from '../step.ts'
import { useBeginning, useSay } from './beginning.ts'
import { onboardingMessages } from './messages.ts'
import css from './onboarding.module.css'
import type { Beginning } from './shapes.ts'

/** On Home until the first steps are done or put away: how far they have come and which is next. */
export function StartAtHome() {
  const { data } = useBeginning()
  const past = useIsPast()
  if (past || !data?.progress || data.progress.complete || data.putAwayOn !== null) return null
  return <Card beginning={{ ...data, progress: data.progress }} />
}

function Card({ beginning }: { beginning: Beginning }) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const say = useSay(beginning)
  const { steps, counts } = beginning.progress
  const fresh = isUntouched(counts)
  const done = steps.filter(({ state }) => state === 'done').length
  // Who has done nothing begins with the first step, even where founding has named the company already.
  const next = fresh ? stepKeys[0] : nextStep(steps)
  const said = t.settled(format.number(done), format.number(steps.length))
  return (
    <section className={css.card} aria-label={t.home.title}>
      <div className={css.cardText}>
        <h2>{t.home.title}</h2>
        <p className="quiet">{t.home.text}</p>
        <div className={css.progress}>
          <span className={css.pips} aria-hidden="true">
            {steps.map(({ key, state }) => (
              <i key={key} data-state={state} />
            ))}
          </span>
          <span className="tabular">{said}</span>
        </div>
        {say.error ? <Failure error={say.error} /> : null}
      </div>
      <div className={css.cardActs}>
        <Button onClick={() => navigate({ to: '/app/start', search: { step: next } })}>
          {fresh ? t.home.begin : t.home.go(t.titles[next])}
        </Button>
        {beginning.abilities.includes('update') ? (
          <Button variant="subtle" loading={say.isPending} onClick={() => say.mutate({ putAway: true })}>
            {t.home.away}
          </Button>
        ) : null}
      </div>
    </section>
  )
}
