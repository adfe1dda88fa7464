import { ActionIcon, Button, Menu } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useOpen } from '../../web/frame/open.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { riskMessages } from './messages.ts'
import type { RiskRecord } from './shapes.ts'

const RiskForm = lazy(() => import('./RiskForm.tsx'))
const AssessForm = lazy(() => import('./AssessForm.tsx'))
const TreatForm = lazy(() => import('./TreatForm.tsx'))
const AcceptForm = lazy(() => import('./AcceptForm.tsx'))
const SayForm = lazy(() => import('./SayForm.tsx'))

export type OpenRisk = 'edit' | 'assess' | 'treat' | 'accept' | 'review' | 'close' | 'reopen'

/** What stands next for a risk in its state. */
function nextOf({ state, abilities, outdated }: RiskRecord): OpenRisk | null {
  if (state === 'closed') return abilities.includes('reopen') ? 'reopen' : null
  const order: OpenRisk[] =
    state === 'identified' || outdated
      ? ['assess']
      : state === 'assessed'
        ? ['treat']
        : state === 'review-due'
          ? ['assess', 'review']
          : ['accept']
  return order.find((one) => abilities.includes(one)) ?? null
}

/** The next act as a button, all others behind it; what is open stands in the address. */
export function RiskActions({ risk }: { risk: RiskRecord }) {
  const t = useWords(riskMessages)
  const past = useIsPast()
  const { open, show } = useOpen<OpenRisk>()
  const close = () => show()
  // Editing is called `update` by the API, as everywhere.
  const may = (act: OpenRisk) => !past && risk.abilities.includes(act === 'edit' ? 'update' : act)
  const next = past ? null : nextOf(risk)
  const words: Record<OpenRisk, string> = {
    ...{ edit: t.edit, assess: t.assess, treat: t.treat },
    ...{ accept: t.accept, review: t.review, close: t.close, reopen: t.reopen },
  }
  const others = (['assess', 'treat', 'accept', 'review', 'close', 'reopen'] as const).filter(
    (one) => one !== next && may(one),
  )
  return (
    <>
      {may('edit') ? (
        <Button variant="default" leftSection={<Icon name="pencil" />} onClick={() => show('edit')}>
          {t.edit}
        </Button>
      ) : null}
      {next ? <Button onClick={() => show(next)}>{words[next]}</Button> : null}
      {others.length > 0 ? (
        <Menu>
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t.more}>
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((one) => (
              <Menu.Item key={one} onClick={() => show(one)}>
                {words[one]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      <Suspense fallback={null}>
        {open === 'edit' && may('edit') ? <RiskForm risk={risk} onClose={close} onSaved={close} /> : null}
        {open === 'assess' && may('assess') ? <AssessForm risk={risk} onClose={close} /> : null}
        {open === 'treat' && may('treat') ? <TreatForm risk={risk} onClose={close} /> : null}
        {open === 'accept' && may('accept') ? <AcceptForm risk={risk} onClose={close} /> : null}
        {open === 'review' && may('review') ? (
          <SayForm
            {...{ title: t.form.review(risk.code), text: t.form.reviewText, save: t.review, field: 'note' }}
            label={t.form.reviewNote}
            path={`/api/risks/${risk.id}/review`}
            version={risk.version}
            onClose={close}
          />
        ) : null}
        {open === 'reopen' && may('reopen') ? (
          <SayForm
            {...{ title: t.form.openAgain(risk.code), text: t.form.openAgainText, field: 'reason' }}
            save={t.reopen.replace('…', '')}
            label={t.reason}
            path={`/api/risks/${risk.id}/reopen`}
            version={risk.version}
            onClose={close}
          />
        ) : null}
        {open === 'close' && may('close') ? (
          <SayForm
            {...{ title: t.form.close(risk.code), text: t.form.closeText, field: 'reason' }}
            save={t.close.replace('…', '')}
            label={t.reason}
            dated
            danger
            path={`/api/risks/${risk.id}/close`}
            version={risk.version}
            onClose={close}
          />
        ) : null}
      </Suspense>
    </>
  )
}
