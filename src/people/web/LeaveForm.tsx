import type { Id } from '../../kernel/id.ts'
import { logMessages } from '../../log/web/messages.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { peopleMessages as messages } from './messages.ts'
import { PersonSelect } from './PersonSelect.tsx'
import type { ShownPerson } from './shapes.ts'
import { useBelongings } from './useBelongings.ts'

type Values = { successor: Id | null; reason: string }

/**
 * Ends somebody's part. What belongs to them is shown first and handed over before they go; where it cannot be, they
 * can still be ended at once, and it waits.
 */
export function LeaveForm({ person, onClose }: { person: ShownPerson; onClose: () => void }) {
  const t = useWords(messages)
  const nouns = useWords(logMessages).nouns
  const format = useFormat()
  const theirs = useBelongings(person.id)
  const form = useForm<Values, unknown>({
    initial: { successor: null, reason: '' },
    async save({ successor, reason }, idempotencyKey) {
      const { id, version } = person
      if (successor !== null)
        await call('POST', '/api/handovers', { body: { from: id, to: successor, items: null, reason } })
      return call('POST', `/api/people/${id}/leaving`, { body: { reason }, version, idempotencyKey })
    },
    onSaved: onClose,
  })
  const kinds = Object.entries(theirs?.byNoun ?? {}).map(
    ([noun, count]) => `${nouns[noun] ?? noun} ${format.number(count)}`,
  )
  return (
    <FormDrawer
      title={t.leaveTitle(format.text(person.name))}
      form={form}
      onClose={onClose}
      saveLabel={t.leave}
      danger
    >
      <Notice tone="partial">{t.leaveText}</Notice>
      {theirs ? (
        <>
          <Notice tone="failing" calm>
            <b>{t.belongs(format.number(theirs.count))}</b>
            <p>{kinds.join(' · ')}</p>
          </Notice>
          <PersonSelect
            label={t.successor}
            hint={t.belongsHint}
            nobody={t.noSuccessor}
            value={form.values.successor}
            onChange={(successor) => form.set('successor', successor)}
            error={form.error('/to')}
            except={person.id}
          />
        </>
      ) : null}
      <TextField
        label={t.reason}
        required
        lines
        value={form.values.reason}
        onChange={(reason) => form.set('reason', reason)}
        error={form.error('/reason')}
      />
    </FormDrawer>
  )
}
