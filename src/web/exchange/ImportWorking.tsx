import { useEffect, useState } from 'react'
import type { Stage } from '../../kernel/progress.ts'
import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { Icon } from '../ui/icons.tsx'
import css from './exchange.module.css'
import type { ImportProgress } from './import-file.ts'
import { importMessages } from './messages.ts'

export const examining: readonly Stage[] = ['reading', 'checking']
export const applying: readonly Stage[] = ['reading', 'checking', 'writing', 'recording', 'committing']

type ImportWorkingProps = {
  progress: ImportProgress
  /** What there is to do, in its order. */
  stages: readonly Stage[]
  /** Somebody has asked for it to stop. */
  leaving: boolean
}

/** How far an import is: its stages, the share of the one under way, and the rows that are done. */
export function ImportWorking({ progress, stages, leaving }: ImportWorkingProps) {
  const t = useWords(importMessages)
  const format = useFormat()
  const at = progress ? stages.indexOf(progress.stage) : -1
  const name = progress ? t.stages[progress.stage] : t.sending
  const known = progress && progress.stage !== 'committing'
  const counted = known
    ? t.counted(format.number(progress.done), progress.total === null ? null : format.number(progress.total))
    : ''
  const text = [name, counted].filter(Boolean).join(' ')
  const quarter = known ? Math.floor(progress.share * 4) * 25 : null
  return (
    <div className={css.working}>
      <ol className={css.stages} aria-label={t.stagesOf}>
        {stages.map((stage, index) => (
          <li
            key={stage}
            data-at={index < at ? 'done' : index === at ? 'now' : 'later'}
            aria-current={index === at ? 'step' : undefined}
          >
            {index < at ? (
              <Icon name="check" size={12} />
            ) : (
              <span aria-hidden="true">{format.number(index + 1)}</span>
            )}
            {t.stages[stage]}
            {index < at ? <span className="unseen"> {t.stageDone}</span> : null}
          </li>
        ))}
      </ol>
      <progress
        aria-label={t.progress}
        aria-valuetext={text}
        {...(known ? { value: Math.round(progress.share * 1000) / 1000, max: 1 } : {})}
      />
      <p className={css.counted}>
        <span className="tabular">{leaving ? t.leaving : text}</span> <Seconds />
      </p>
      {/* Every slice would be too much to listen to: each stage is said, and each quarter of it. */}
      <p className="unseen" role="status">
        {leaving ? t.leaving : quarter === null ? name : t.said(name, format.number(quarter))}
      </p>
    </div>
  )
}

function Seconds() {
  const t = useWords(importMessages)
  const format = useFormat()
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return <span className="quiet tabular">{seconds > 1 ? t.seconds(format.number(seconds)) : null}</span>
}
