import { Link } from '@tanstack/react-router'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Section } from '../../web/ui/Page.tsx'
import { Breaks } from './Breaks.tsx'
import { Legend, Matrix } from './Matrix.tsx'
import { postureMessages } from './messages.ts'
import css from './posture.module.css'
import type { OverviewAnswer } from './shapes.ts'
import { useWithinScope } from './within.ts'

// Enough to know where to begin; the rest is one click away.
const firstBreaks = 5

/** Where every programme stands, and what breaks its next audit. Nothing at all before there is a programme. */
export function PostureAtHome() {
  const t = useWords(postureMessages)
  const within = useWithinScope()
  const { data } = useRead<OverviewAnswer>('/api/posture')
  const shown = (data?.programmes ?? []).filter((one) => one.units.some((unit) => within(unit.entityId)))
  if (data === undefined || shown.length === 0) return null
  return (
    <>
      <Section title={t.title} beside={<MoreAndLegend />}>
        <Matrix programmes={shown} day={data.day} heads />
      </Section>
      <Section title={t.breaks.title}>
        <Breaks limit={60} first={firstBreaks} />
      </Section>
    </>
  )
}

function MoreAndLegend() {
  const t = useWords(postureMessages)
  return (
    <span className={css.beside}>
      <Link to="/app/posture" aria-label={t.title}>
        →
      </Link>
      <Legend />
    </span>
  )
}
