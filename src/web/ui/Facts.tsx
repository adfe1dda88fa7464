import type { ReactNode } from 'react'
import css from './ui.module.css'

export type Fact = { label: string; value: ReactNode }

/** The strip of facts under a record's title. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return <FactList className={css.facts} facts={facts} grouped />
}

/** Facts below each other, label left. */
export function Pairs({ facts }: { facts: readonly Fact[] }) {
  return <FactList className={css.pairs} facts={facts} />
}

function FactList({
  className,
  facts,
  grouped,
}: {
  className: string | undefined
  facts: readonly Fact[]
  grouped?: boolean
}) {
  return (
    <dl className={className}>
      {facts.map(({ label, value }) =>
        grouped ? (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ) : (
          <FactRow key={label} label={label} value={value} />
        ),
      )}
    </dl>
  )
}

function FactRow({ label, value }: Fact) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  )
}
