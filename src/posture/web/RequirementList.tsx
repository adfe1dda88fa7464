import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type CSSProperties, lazy, Suspense, useDeferredValue, useRef, useState } from 'react'
import type { EditionNode } from '../../frameworks/web/shapes.ts'
import { programmeFormMessages } from '../../programmes/web/messages.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { BulkBar } from '../../web/table/BulkBar.tsx'
import { usePicked } from '../../web/table/usePicked.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { State } from '../../web/ui/State.tsx'
import { type RequirementState, requirementStates } from '../state.ts'
import { postureMessages } from './messages.ts'
import css from './programme.module.css'
import { type Line, linesOf, matching, shownRows } from './requirement-lines.ts'
import { type ProgrammePosture, unitKey } from './shapes.ts'
import { UnitStrip } from './UnitStrip.tsx'
import { requirementTones } from './words.ts'

const DecideForm = lazy(() => import('../../programmes/web/DecideForm.tsx'))

type RequirementListProps = {
  programmeId: string
  stands: ProgrammePosture
  nodes: readonly EditionNode[]
  /** Whether this reader decides what applies. */
  decides: boolean
}

type Search = { unit?: string; state?: string }

/** What the programme asks for, under the sections of its edition, each with its state; one or many can be decided on. */
export function RequirementList({ programmeId, stands, nodes, decides }: RequirementListProps) {
  const t = useWords(postureMessages)
  const words = useWords(programmeFormMessages)
  const format = useFormat()
  const { unit, state }: Search = useSearch({ strict: false })
  const [typed, setTyped] = useState('')
  const text = useDeferredValue(typed)
  const [deciding, setDeciding] = useState<boolean | null>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const here = shownRows(stands.requirements, stands.units, unit)
  const lines = linesOf(matching(here, text, state), nodes)
  const rows = lines.filter((line) => line.kind === 'row')
  const ids = rows.map(({ row }) => row.requirement)
  const picked = usePicked(body, ids, decides)
  const units = unit || stands.units.length < 2 ? [] : stands.units
  return (
    <>
      <Filters stands={stands} shown={here.map((one) => one.state)} typed={typed} onType={setTyped} />
      {rows.length === 0 ? <p className="quiet">{t.nothing}</p> : null}
      <table
        className={css.list}
        data-picks={decides || undefined}
        data-units={units.length > 0 || undefined}
      >
        <caption className="unseen">{t.requirements}</caption>
        <thead>
          <tr>
            {decides ? (
              <td className={css.pick}>
                <Checkbox
                  size="xs"
                  aria-label={t.selectAll}
                  checked={picked.isAll}
                  indeterminate={!picked.isAll && picked.ids.size > 0}
                  onChange={picked.toggleAll}
                />
              </td>
            ) : null}
            <th scope="col">{t.requirement}</th>
            {units.length > 0 ? <th scope="col">{t.byUnit}</th> : null}
            <th scope="col" className={css.stateColumn}>
              {t.state}
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {lines.map((line) => (
            <ListLine
              key={line.kind === 'group' ? `group ${line.id}` : line.row.requirement}
              line={line}
              programmeId={programmeId}
              units={units}
              decides={decides}
              picked={line.kind === 'row' && picked.ids.has(line.row.requirement)}
              onPick={picked.pick}
            />
          ))}
        </tbody>
      </table>
      {decides && picked.ids.size > 0 ? (
        <BulkBar count={picked.ids.size} onClear={picked.clear}>
          <Button size="compact-sm" variant="default" onClick={() => setDeciding(false)}>
            {words.exclude}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setDeciding(true)}>
            {words.apply}
          </Button>
        </BulkBar>
      ) : null}
      {deciding === null ? null : (
        <Suspense fallback={null}>
          <DecideForm
            programmeId={programmeId}
            requirements={[...picked.ids]}
            applicable={deciding}
            onClose={() => setDeciding(null)}
            onDecided={picked.clear}
          />
        </Suspense>
      )}
      <p className={css.hint}>
        {t.shown(format.number(rows.length), format.number(here.length))} {t.keysHint}
      </p>
    </>
  )
}

type FiltersProps = {
  stands: ProgrammePosture
  shown: readonly RequirementState[]
  typed: string
  onType: (text: string) => void
}

function Filters({ stands, shown, typed, onType }: FiltersProps) {
  const t = useWords(postureMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const { unit, state }: Search = useSearch({ strict: false })
  const narrow = (next: Search) =>
    navigate({ to: '.', replace: true, search: (before: object) => ({ ...before, ...next }) })
  const counts = Map.groupBy(shown, (one) => one)
  return (
    <div className={css.filters}>
      <TextInput
        aria-label={t.filter}
        placeholder={t.filter}
        leftSection={<Icon name="search" />}
        value={typed}
        onChange={(event) => onType(event.currentTarget.value)}
      />
      {stands.units.length > 1 ? (
        <Select
          aria-label={t.units}
          w={240}
          searchable={stands.units.length > 8}
          data={[
            { value: '', label: t.everyUnit },
            ...stands.units.map((one) => ({ value: unitKey(one), label: format.text(one.name) })),
          ]}
          value={unit ?? ''}
          onChange={(next) => narrow({ unit: next || undefined } as Search)}
        />
      ) : null}
      <span className={css.states}>
        {requirementStates
          .filter((one) => counts.has(one) || one === state)
          .map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={state === one}
              onClick={() => narrow({ state: state === one ? undefined : one } as Search)}
            >
              <State tone={requirementTones[one]}>{t.states[one]}</State>
              <span className="tabular">{format.number(counts.get(one)?.length ?? 0)}</span>
            </button>
          ))}
      </span>
    </div>
  )
}

type ListLineProps = {
  line: Line
  programmeId: string
  units: ProgrammePosture['units']
  decides: boolean
  picked: boolean
  onPick: (index: number, range: boolean) => void
}

function ListLine({ line, programmeId, units, decides, picked, onPick }: ListLineProps) {
  const t = useWords(postureMessages)
  const format = useFormat()
  const indent = { '--depth': line.depth } as CSSProperties
  if (line.kind === 'group') {
    const { node } = line
    return (
      <tr className={css.group} data-depth={line.depth}>
        {decides ? <td /> : null}
        <th scope="rowgroup" colSpan={units.length > 0 ? 3 : 2} style={indent}>
          {node.kind === 'group' ? null : <code>{node.id}</code>} {node.titles[format.language]}
        </th>
      </tr>
    )
  }
  const { row, state, index } = line
  return (
    <tr data-index={index} className={css.row} data-picked={picked || undefined}>
      {decides ? (
        <td className={css.pick}>
          <Checkbox
            size="xs"
            aria-label={t.select(row.requirement)}
            checked={picked}
            onClick={(event) => onPick(index, event.shiftKey)}
            onChange={() => {}}
          />
        </td>
      ) : null}
      <td data-first style={indent}>
        <Link
          to="/app/programmes/$id/$requirement"
          params={{ id: programmeId, requirement: row.requirement }}
          search={(before: Search) => before}
          className={css.title ?? ''}
        >
          <code>{row.requirement}</code>
          <span>{format.text(row.title)}</span>
        </Link>
      </td>
      {units.length > 0 ? (
        <td>
          <UnitStrip units={units} verdicts={row.units} />
        </td>
      ) : null}
      <td className={css.stateColumn}>
        <State tone={requirementTones[state]}>{t.states[state]}</State>
      </td>
    </tr>
  )
}
