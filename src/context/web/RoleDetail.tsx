import { Button, Drawer } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { RecordHistory } from '../../log/web/RecordHistory.tsx'
import type { ProgrammeNames } from '../../programmes/web/names.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Pairs } from '../../web/ui/Facts.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import css from './context.module.css'
import { roleMessages } from './role-messages.ts'
import type { RoleAnswer } from './shapes.ts'

const RoleForm = lazy(() => import('./RoleForm.tsx'))
const HandOverForm = lazy(() => import('./HandOverForm.tsx'))

type RoleDetailProps = { one: RoleAnswer; names: ProgrammeNames; onClose: () => void }

/** One role: what its holder answers for and may decide, and who held it when. */
export default function RoleDetail({ one, names, onClose }: RoleDetailProps) {
  const t = useWords(roleMessages)
  const format = useFormat()
  const past = useIsPast()
  const [act, setAct] = useState<'edit' | 'hand' | null>(null)
  const back = () => setAct(null)
  if (act === 'edit')
    return (
      <Suspense fallback={null}>
        <RoleForm one={one} names={names} onClose={back} />
      </Suspense>
    )
  if (act === 'hand')
    return (
      <Suspense fallback={null}>
        <HandOverForm one={one} onClose={back} />
      </Suspense>
    )
  const nameOf = (id: string) => format.text(one.people.find((person) => person.id === id)?.name)
  return (
    <Drawer
      opened
      onClose={onClose}
      title={format.text(one.name)}
      size={640}
      padding={0}
      styles={{ body: { padding: 0 } }}
      closeButtonProps={{ 'aria-label': t.close }}
    >
      <div className={css.detail}>
        {past ? <Notice tone="unknown">{t.pastOff}</Notice> : null}
        {!past && one.abilities.includes('update') ? (
          <div className={css.buttons}>
            <Button onClick={() => setAct('hand')} data-autofocus>
              {t.handOver}
            </Button>
            <Button variant="default" leftSection={<Icon name="pencil" />} onClick={() => setAct('edit')}>
              {t.edit}
            </Button>
          </div>
        ) : null}
        <Pairs
          facts={[
            { label: t.forEntity, value: one.entityId ? names.entity(one.entityId) : t.organisation },
            { label: t.clauses, value: one.clauses.join(', ') || '—' },
            { label: t.key, value: <code>{one.key}</code> },
          ]}
        />
        <section>
          <h3>{t.responsibilities}</h3>
          <p className={css.prose}>{format.text(one.responsibilities)}</p>
        </section>
        {one.authority ? (
          <section>
            <h3>{t.authority}</h3>
            <p className={css.prose}>{format.text(one.authority)}</p>
          </section>
        ) : null}
        <section>
          <h3>{t.held}</h3>
          <ul className={css.needs}>
            {one.holders.toReversed().map((holder) => (
              <li key={`${holder.personId} ${holder.from}`}>
                <span>{nameOf(holder.personId)}</span>
                <span className="quiet">
                  {t.until(
                    holder.from ? format.shortDay(holder.from) : '…',
                    holder.to ? format.shortDay(holder.to) : t.always,
                  )}
                  {holder.deputyId ? ` · ${t.deputy(nameOf(holder.deputyId))}` : null}
                </span>
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3>{t.history}</h3>
          <RecordHistory noun="isms-role" id={one.id} />
        </section>
      </div>
    </Drawer>
  )
}
