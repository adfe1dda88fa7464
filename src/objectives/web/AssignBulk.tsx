import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { objectiveMessages } from './messages.ts'
import type { ObjectiveAnswer } from './shapes.ts'

type AssignProps = { rows: readonly ObjectiveAnswer[]; clear: () => void }

/** Gives the chosen objectives to one owner. */
export function AssignBulk(props: AssignProps) {
  const t = useWords(objectiveMessages)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t.handOver}
      </Button>
      {open ? <AssignForm {...props} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function AssignForm({ rows, clear, onClose }: AssignProps & { onClose: () => void }) {
  const t = useWords(objectiveMessages)
  const format = useFormat()
  const form = useForm<{ ownerId: string | null; reason: string }, { rows: { fate: string }[] }>({
    initial: { ownerId: null, reason: '' },
    save: ({ ownerId, reason }, idempotencyKey) =>
      call('POST', '/api/objectives/owners', {
        body: {
          items: rows.map(({ id, version }) => ({ id, version })),
          ...{ ownerId, reason: reason.trim() || null },
        },
        idempotencyKey,
      }),
    onSaved: (saved) => {
      const changed = saved.rows.filter((row) => row.fate === 'changed').length
      notifications.show({ message: t.done(format.number(changed)) })
      onClose()
      clear()
    },
  })
  return (
    <FormDrawer title={t.handTitle(format.number(rows.length))} form={form} onClose={onClose}>
      <PersonSelect
        label={t.owner}
        value={form.values.ownerId}
        nobody={t.nobody}
        onChange={(ownerId) => form.set('ownerId', ownerId)}
        error={form.error('/ownerId')}
      />
      <TextField
        label={t.reasonOptional}
        hint={t.reasonHint}
        lines
        value={form.values.reason}
        onChange={(reason) => form.set('reason', reason)}
        error={form.error('/reason')}
      />
    </FormDrawer>
  )
}
