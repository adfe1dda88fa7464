import { Button, Drawer, Modal, Text } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { useWords } from '../i18n/catalogue.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Failure } from '../ui/Notice.tsx'
import { Conflict, type Labels } from './Conflict.tsx'
import css from './form.module.css'
import type { Form } from './useForm.ts'

/** The drawer's focus trap goes to the element so marked; without one it would be the close button. Lists open on focus. */
const focusFirst = (fields: HTMLElement | null) =>
  fields?.querySelector('input:not([aria-haspopup]), textarea')?.setAttribute('data-autofocus', 'true')

type FormDrawerProps<Values extends object> = {
  title: string
  form: Form<Values>
  onClose: () => void
  /** Names of the fields, for the choice between theirs and yours. */
  labels?: Labels<Values>
  saveLabel?: string
  /** Says what will happen, to whom it becomes visible, and how to undo it. */
  consequence?: ReactNode
  danger?: boolean
  children: ReactNode
}

/** A drawer to create or edit. Mount it when it opens; closing with unsaved changes asks first. */
export function FormDrawer<Values extends object>(props: FormDrawerProps<Values>) {
  const { title, form, onClose, labels, saveLabel, consequence, danger, children } = props
  const t = useWords(shellMessages)
  const [asking, setAsking] = useState(false)
  useEffect(() => {
    if (!form.dirty) return
    const guard = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', guard)
    return () => window.removeEventListener('beforeunload', guard)
  }, [form.dirty])
  const close = () => (form.dirty && !form.saving ? setAsking(true) : onClose())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    form.submit()
  }
  const submitNow = useEffectEvent(() => {
    if (!asking && form.theirs === null) form.submit()
  })
  useEffect(() => {
    // On the window, because the focus may have been on something that is gone, such as a settled conflict.
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 'Enter') return
      event.preventDefault()
      submitNow()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <Drawer
      opened
      onClose={close}
      title={title}
      padding={0}
      closeButtonProps={{ 'aria-label': t.form.close }}
      styles={{ body: { padding: 0 } }}
    >
      <form className={css.form} onSubmit={submit} noValidate>
        <div className={css.fields} ref={focusFirst}>
          {form.problem ? <Failure error={form.problem} shown={Object.keys(form.values)} /> : null}
          {form.theirs ? (
            <Conflict
              yours={form.values}
              theirs={form.theirs}
              labels={labels ?? {}}
              onResolve={form.resolve}
            />
          ) : (
            children
          )}
          {consequence}
        </div>
        <div className={css.footer}>
          <span />
          <Button variant="default" onClick={close}>
            {t.form.cancel}
          </Button>
          <Button
            type="submit"
            loading={form.saving}
            disabled={form.theirs !== null}
            {...(danger ? { color: 'red' } : {})}
          >
            {saveLabel ?? t.form.save}
          </Button>
        </div>
      </form>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t.form.discard}
        size="sm"
        closeButtonProps={{ 'aria-label': t.form.close }}
      >
        <Text size="sm" mb="md">
          {t.form.discardText}
        </Text>
        <Button variant="default" mr="sm" onClick={() => setAsking(false)} data-autofocus>
          {t.form.discardNo}
        </Button>
        <Button color="red" onClick={onClose}>
          {t.form.discardYes}
        </Button>
      </Modal>
    </Drawer>
  )
}
