import { Button } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { ProgrammeNames } from '../../programmes/web/names.ts'
import { useRead } from '../../web/data.ts'
import { useOpen } from '../../web/frame/open.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { State } from '../../web/ui/State.tsx'
import css from './context.module.css'
import { roleMessages } from './role-messages.ts'
import type { RoleAnswer, RolesAnswer } from './shapes.ts'

const RoleForm = lazy(() => import('./RoleForm.tsx'))
const RoleDetail = lazy(() => import('./RoleDetail.tsx'))

/** Who answers for what in the management system, and what nobody answers for (5.3). */
export function RolesPanel({ names }: { names: ProgrammeNames }) {
  const read = useRead<RolesAnswer>('/api/roles')
  return <Loaded read={read}>{(answer) => <Roles answer={answer} names={names} />}</Loaded>
}

function Roles({ answer, names }: { answer: RolesAnswer; names: ProgrammeNames }) {
  const t = useWords(roleMessages)
  const past = useIsPast()
  const { open, show } = useOpen()
  const standing = answer.items.filter((one) => one.standing)
  const chosen = answer.items.find((one) => one.id === open)
  const mayAdd = !past && answer.abilities.includes('create')
  const add = mayAdd ? (
    <Button leftSection={<Icon name="plus" />} onClick={() => show('new')}>
      {t.new}
    </Button>
  ) : null
  return (
    <>
      {answer.items.length === 0 ? (
        <Empty title={t.empty} action={add}>
          {t.emptyText}
        </Empty>
      ) : (
        <>
          <div className={css.tools}>
            <span />
            {add}
          </div>
          <Gaps roles={standing} unassigned={answer.unassigned} />
          <Plain caption={t.caption} head={[t.name, t.holder, t.since, t.forEntity, t.clauses]}>
            {standing.map((one) => (
              <Line key={one.id} one={one} names={names} onOpen={() => show(one.id)} />
            ))}
          </Plain>
        </>
      )}
      <Suspense fallback={null}>
        {open === 'new' && mayAdd && names.ready ? (
          <RoleForm one={null} names={names} onClose={() => show()} />
        ) : null}
        {chosen && names.ready ? <RoleDetail one={chosen} names={names} onClose={() => show()} /> : null}
      </Suspense>
    </>
  )
}

/** Everything that nobody answers for on the day in view. */
function Gaps({ roles, unassigned }: { roles: readonly RoleAnswer[]; unassigned: readonly string[] }) {
  const t = useWords(roleMessages)
  const format = useFormat()
  const lines = [
    ...unassigned.map((duty) => t.gapUnassigned[duty] ?? duty),
    ...roles.flatMap((one) => {
      const role = format.text(one.name)
      if (one.gap === 'vacant') return [t.gapVacant(role)]
      const gone = one.holding.flatMap(({ person }) => (person?.left ? [format.text(person.name)] : []))
      return gone.map((name) => t.gapLeft(role, name))
    }),
  ]
  if (lines.length === 0)
    return (
      <Notice tone="met" calm>
        {t.noGaps}
      </Notice>
    )
  return (
    <Notice tone="partial" calm>
      <b>{t.gaps(format.number(lines.length))}</b>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Notice>
  )
}

type LineProps = { one: RoleAnswer; names: ProgrammeNames; onOpen: () => void }

function Line({ one, names, onOpen }: LineProps) {
  const t = useWords(roleMessages)
  const format = useFormat()
  return (
    <tr>
      <td>
        <Button variant="transparent" p={0} h="auto" onClick={onOpen}>
          {format.text(one.name)}
        </Button>
      </td>
      <td>
        {one.holding.length === 0 ? <State tone="failing">{t.vacant}</State> : null}
        {one.holding.map(({ person, deputy }) => (
          <div key={person?.id} className={css.stack}>
            {person?.left ? (
              <State tone="failing">{t.left(format.text(person.name))}</State>
            ) : (
              format.text(person?.name)
            )}
            {deputy ? <span className="quiet">{t.deputy(format.text(deputy.name))}</span> : null}
          </div>
        ))}
      </td>
      <td>
        {one.holding.map(({ person, since }) => (
          <div key={person?.id}>{since ? format.shortDay(since) : '—'}</div>
        ))}
      </td>
      <td>{one.entityId ? names.entity(one.entityId) : t.organisation}</td>
      <td>{one.clauses.join(', ') || '—'}</td>
    </tr>
  )
}
