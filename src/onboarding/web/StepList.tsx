import { Link } from '@tanstack/react-router'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon, type IconName } from '../../web/ui/icons.tsx'
import type { Step, StepKey, StepState } from '../step.ts'
import { onboardingMessages } from './messages.ts'
import css from './onboarding.module.css'

const icons: Partial<Record<StepState, IconName>> = { done: 'check', begun: 'half', skipped: 'dash' }

/** All steps and where each stands: a column beside the step, or a row of marks above it on a phone. */
export function StepList({ steps, here }: { steps: readonly Step[]; here: StepKey }) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  return (
    <nav className={css.steps} aria-label={t.steps}>
      <ol>
        {steps.map(({ key, state }, index) => {
          const icon = icons[state]
          return (
            <li key={key}>
              <Link
                to="/app/start"
                search={(before: object) => ({ ...before, step: key })}
                aria-current={key === here ? 'step' : undefined}
                data-state={state}
              >
                <span className={css.mark} aria-hidden="true">
                  {icon ? <Icon name={icon} size={12} /> : format.number(index + 1)}
                </span>
                <span className={css.name}>{t.titles[key]}</span>{' '}
                <span className={css.stand}>{t.states[state]}</span>
              </Link>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
