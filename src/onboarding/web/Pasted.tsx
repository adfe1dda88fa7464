import { Button, Textarea } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { State, type Tone } from '../../web/ui/State.tsx'
import type { Refused } from './adding.ts'
import { onboardingMessages } from './messages.ts'
import css from './onboarding.module.css'

type PasteFieldProps = {
  label: string
  hint: ReactNode
  example: string
  value: string
  onChange: (text: string) => void
}

/** Where a list is pasted or written. A tab leaves it, as everywhere: columns come with what is pasted. */
export function PasteField({ label, hint, example, value, onChange }: PasteFieldProps) {
  return (
    <Textarea
      label={label}
      description={hint}
      placeholder={example}
      autosize
      minRows={4}
      maxRows={14}
      spellCheck={false}
      classNames={{ input: css.paste ?? '' }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

export type Fate = 'new' | 'there' | 'twice' | 'columns' | 'long' | 'address'

const tones: Record<Fate, Tone> = {
  ...{ new: 'met', there: 'none', twice: 'none' },
  ...{ columns: 'failing', long: 'failing', address: 'failing' },
}

const isHelped = (fate: Fate): fate is 'columns' | 'long' | 'address' => tones[fate] === 'failing'

/** What becomes of a line, and what to do where it cannot be read. */
export function FateOf({ fate }: { fate: Fate }) {
  const t = useWords(onboardingMessages)
  return (
    <>
      <State tone={tones[fate]}>{t.fates[fate]}</State>
      {isHelped(fate) ? <div className="quiet">{t.fateHelp[fate]}</div> : null}
    </>
  )
}

type AddButtonProps = {
  count: number
  label: string
  state: { all: number; done: number; running: boolean } | null
  onAdd: () => void
}

/** Adds what was read, and says how far it has come. */
export function AddButton({ count, label, state, onAdd }: AddButtonProps) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  const running = state?.running ?? false
  return (
    <div className={css.act}>
      <Button onClick={onAdd} loading={running} disabled={count === 0}>
        {label}
      </Button>
      <span className="quiet tabular" role="status">
        {running && state ? t.adding(format.number(state.done), format.number(state.all)) : null}
      </span>
    </div>
  )
}

type OutcomeProps<Row> = {
  state: { all: number; running: boolean; refused: readonly Refused<Row>[] } | null
  nameOf: (row: Row) => string
  /** What is said of those that were added; without it, that each is an entry of the log. */
  done?: (count: string) => string
}

/** What came of it: how many lines were added, and why others were not. */
export function Outcome<Row>({ state, nameOf, done }: OutcomeProps<Row>) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  if (state === null || state.running) return null
  const added = state.all - state.refused.length
  return (
    <>
      {added > 0 ? <Notice tone="met">{(done ?? t.added)(format.number(added))}</Notice> : null}
      {state.refused.length > 0 ? (
        <Notice tone="failing">
          {t.notAdded(format.number(state.refused.length))}
          <ul>
            {state.refused.map(({ row, why }) => (
              <li key={nameOf(row)}>
                {nameOf(row)}: {why}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </>
  )
}

/** Lines of a text by their numbers, for leaving what could not be added in the field. */
export const linesKept = (text: string, lines: ReadonlySet<number>): string =>
  text
    .split(/\r\n|\r|\n/)
    .filter((_, index) => lines.has(index + 1))
    .join('\n')
