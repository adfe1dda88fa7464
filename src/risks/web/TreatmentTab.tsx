import { ActionIcon, Button, Checkbox, Menu } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { call } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import { useMe } from '../../web/frame/me.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { costsOf } from '../cost.ts'
import { ControlLinks } from './Linked.tsx'
import { riskMessages } from './messages.ts'
import { money } from './money.ts'
import css from './risks.module.css'
import type { ActionAnswer, ActionRecord, RiskRecord } from './shapes.ts'

const ActionForm = lazy(() => import('./ActionForm.tsx'))
const SayForm = lazy(() => import('./SayForm.tsx'))

type Open = { act: 'plan' } | { act: 'edit' | 'drop'; action: ActionAnswer } | null

/** How a risk is treated: the option with its reason, the controls that it needs, and the plan. */
export function TreatmentTab({ risk, onTreat }: { risk: RiskRecord; onTreat: () => void }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const past = useIsPast()
  const [open, setOpen] = useState<Open>(null)
  const may = (ability: string) => !past && risk.abilities.includes(ability)
  const { treatment } = risk
  const decide = may('treat') ? (
    <Button size="compact-sm" variant="default" onClick={onTreat}>
      {t.treat}
    </Button>
  ) : null
  return (
    <>
      <Section title={t.treatment} beside={treatment ? decide : null}>
        {treatment ? (
          <>
            <p>
              <b>{t.options[treatment.option]}</b>{' '}
              <span className="quiet">
                {t.form.from} {format.day(treatment.from)}
              </span>
            </p>
            <p className={css.scenario}>{format.text(treatment.why)}</p>
            <ControlLinks controls={risk.controls.filter((one) => treatment.controlIds.includes(one.id))} />
          </>
        ) : (
          <Empty title={t.noTreatment} action={decide}>
            {t.next.assessed}
          </Empty>
        )}
      </Section>
      <Section
        title={t.progress}
        beside={
          may('act') ? (
            <Button size="compact-sm" variant="default" onClick={() => setOpen({ act: 'plan' })}>
              {t.plan}
            </Button>
          ) : null
        }
      >
        <Costs actions={risk.actions} />
        {risk.actions.length === 0 ? <p className="quiet">{t.plans.none}</p> : null}
        <ul className={css.plan}>
          {risk.actions.map((action) => (
            <ActionLine
              key={action.key}
              risk={risk}
              action={action}
              may={may('act')}
              onOpen={(act) => setOpen({ act, action })}
            />
          ))}
        </ul>
      </Section>
      {risk.treatments.length > 1 ? (
        <Section title={t.tabs.history}>
          <ul className={css.plan}>
            {risk.treatments.slice(1).map((one) => (
              <li key={one.from}>
                <span />
                <div>
                  <b>{t.options[one.option]}</b> {format.text(one.why)}
                  <small>
                    {t.form.from} {format.day(one.from)}
                  </small>
                </div>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {risk.dropped.length > 0 ? (
        <Section title={t.plans.dropped}>
          <ul className={css.plan}>
            {risk.dropped.map((one) => (
              <li key={one.key}>
                <Icon name="dash" />
                <div>
                  {format.text(one.name)}
                  <small>
                    {one.dropped ? t.plans.droppedOn(format.day(one.dropped.on), one.dropped.reason) : null}
                  </small>
                </div>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Suspense fallback={null}>
        {open?.act === 'plan' ? <ActionForm risk={risk} action={null} onClose={() => setOpen(null)} /> : null}
        {open?.act === 'edit' ? (
          <ActionForm risk={risk} action={open.action} onClose={() => setOpen(null)} />
        ) : null}
        {open?.act === 'drop' ? (
          <SayForm
            {...{ title: t.form.drop, text: t.form.dropText, save: t.form.drop, field: 'reason' }}
            label={t.reason}
            danger
            path={`/api/risks/${risk.id}/actions/${open.action.key}/drop`}
            version={risk.version}
            onClose={() => setOpen(null)}
          />
        ) : null}
      </Suspense>
    </>
  )
}

/** What the plan costs, for each currency. */
function Costs({ actions }: { actions: readonly ActionAnswer[] }) {
  const t = useWords(riskMessages)
  const { language } = useFormat()
  const costs = costsOf(actions)
  if (costs.length === 0) return null
  return (
    <dl className={css.totals}>
      {costs.map((one) => (
        <div key={one.currency}>
          <dt>{t.plans.costs(one.currency)}</dt>
          <dd>
            {money(one.planned, one.currency, language)}
            <small>{t.plans.ofDone(money(one.done, one.currency, language))}</small>
          </dd>
        </div>
      ))}
    </dl>
  )
}

type ActionLineProps = {
  risk: RiskRecord
  action: ActionRecord
  may: boolean
  onOpen: (act: 'edit' | 'drop') => void
}

function ActionLine({ risk, action, may, onOpen }: ActionLineProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  const today = useMe().data?.today
  const tick = useChange((on: string | null) =>
    call('POST', `/api/risks/${risk.id}/actions/${action.key}/done`, { body: { on }, version: risk.version }),
  )
  const name = format.text(action.name)
  const control = risk.controls.find((one) => one.id === action.controlId)
  return (
    <li>
      <Checkbox
        size="xs"
        mt={2}
        aria-label={t.plans.tick(name)}
        checked={!action.open}
        disabled={!may || tick.isPending}
        onChange={() => tick.mutate(action.open ? (today ?? null) : null)}
      />
      <div>
        {name}
        <small>
          <span className={action.overdue ? css.late : undefined}>
            {t.plans.due} {format.shortDay(action.dueOn)}
            {action.overdue ? ` · ${t.plans.late}` : ''}
          </span>
          {action.doneOn ? (
            <span>
              {t.plans.done} {format.shortDay(action.doneOn)}
            </span>
          ) : null}
          <span>{action.owner ? format.text(action.owner.name) : t.form.actionOwnerNone}</span>
          {action.cost ? (
            <span className="tabular">
              {money(action.cost.amount, action.cost.currency, format.language)}
            </span>
          ) : null}
          {control ? <code>{control.key}</code> : null}
        </small>
        {action.before.map((then) => (
          <small key={then.to} className="quiet">
            {t.owners.was(
              format.shortDay(then.to),
              then.owner ? format.text(then.owner.name) : t.form.actionOwnerNone,
              format.shortDay(then.dueOn),
            )}
          </small>
        ))}
        {tick.error ? <Failure error={tick.error} /> : null}
      </div>
      {may && action.open ? (
        <Menu>
          <Menu.Target>
            <ActionIcon aria-label={`${t.more}: ${name}`}>
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onOpen('edit')}>{t.edit}</Menu.Item>
            <Menu.Item onClick={() => onOpen('drop')}>{t.form.drop}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <span />
      )}
    </li>
  )
}
