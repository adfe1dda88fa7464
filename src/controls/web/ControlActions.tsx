import { ActionIcon, Button, Menu } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Icon } from '../../web/ui/icons.tsx'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import type { ControlRecord } from './shapes.ts'

const ControlForm = lazy(() => import('./ControlForm.tsx'))
const RetireForm = lazy(() => import('./RetireForm.tsx'))
const ReviewDialog = lazy(() => import('./ReviewDialog.tsx'))

type Open = 'edit' | 'retire' | 'review'

/** What is open stands in the address, so that a link leads to it and Back closes it. */
function useOpen() {
  const { open }: { open?: Open } = useSearch({ strict: false })
  const navigate = useNavigate()
  const show = (next?: Open) => navigate({ to: '.', search: (before: object) => ({ ...before, open: next }) })
  return { open, show }
}

/** What can be done with a control itself, and the forms for it. */
export function ControlActions({ control }: { control: ControlRecord }) {
  const t = useWords(controlMessages)
  const past = useIsPast()
  const { open, show } = useOpen()
  const may = (ability: string) => !past && control.abilities.includes(ability)
  return (
    <>
      {may('update') ? (
        <Button variant="default" leftSection={<Icon name="pencil" />} onClick={() => show('edit')}>
          {t.edit}
        </Button>
      ) : null}
      {may('retire') ? (
        <Menu>
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t.more}>
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => show('retire')}>{t.retire}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
      <Suspense fallback={null}>
        {open === 'edit' && may('update') ? (
          <ControlForm control={control} onClose={() => show()} onSaved={() => show()} />
        ) : null}
        {open === 'retire' && may('retire') ? <RetireForm control={control} onClose={() => show()} /> : null}
        {open === 'review' && may('review') ? (
          <ReviewDialog rows={[control]} onClose={() => show()} onDone={() => show()} />
        ) : null}
      </Suspense>
    </>
  )
}

/** Says that nobody has confirmed the words yet, and offers to. */
export function ReviewBanner({ control }: { control: ControlRecord }) {
  const t = useWords(controlMessages)
  const past = useIsPast()
  const { show } = useOpen()
  if (control.review !== null || control.retiredOn !== null) return null
  return (
    <section className={css.banner} aria-label={t.review.title}>
      <Icon name="question" />
      <div>
        <strong>{t.review.title}</strong>
        <p>{t.review.text}</p>
      </div>
      {control.abilities.includes('review') && !past ? (
        <Button size="compact-sm" onClick={() => show('review')}>
          {t.review.confirm}
        </Button>
      ) : null}
    </section>
  )
}
