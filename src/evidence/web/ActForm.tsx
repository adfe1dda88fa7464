import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { type Act, actBody, actPaths } from './acts.ts'
import { evidenceMessages } from './messages.ts'
import type { EvidenceDetail } from './shapes.ts'

type Draft = { words: string; until: string | null }

/** One decision about an item: says first what will happen, then asks for the words that go into the log. */
export function ActForm({ act, one, onClose }: { act: Act; one: EvidenceDetail; onClose: () => void }) {
  const t = useWords(evidenceMessages)
  const form = useForm<Draft, unknown>({
    initial: { words: '', until: one.retainUntil },
    save: (draft, idempotencyKey) =>
      call('POST', `/api/evidence/${one.id}/${actPaths[act]}`, {
        body: actBody(act, draft.words, draft.until),
        version: one.version,
        idempotencyKey,
      }),
    onSaved: onClose,
  })
  const said = {
    accept: { title: t.acceptTitle, text: t.acceptText, save: t.accept, words: t.note },
    reject: { title: t.rejectTitle, text: t.rejectText, save: t.reject, words: t.noteNeeded },
    withdraw: { title: t.withdrawTitle, text: t.withdrawText, save: t.withdraw, words: t.reason },
    hold: { title: t.holdTitle, text: t.holdText, save: t.placeHold, words: t.reason },
    release: { title: t.releaseTitle, text: t.releaseText, save: t.release, words: t.reason },
    retain: { title: t.retainTitle, text: t.retainText, save: t.retainTitle, words: t.reasonOptional },
    dispose: { title: t.disposeTitle, text: t.disposeText, save: t.dispose, words: t.basis },
  }[act]
  const grave = act === 'dispose' || act === 'withdraw'
  const { values, set, error } = form
  return (
    <FormDrawer
      title={said.title}
      form={form}
      onClose={onClose}
      saveLabel={act === 'retain' ? t.retention : said.save}
      danger={grave}
    >
      <Notice tone={grave ? 'partial' : 'accent'} calm>
        {said.text}
      </Notice>
      {act === 'retain' ? (
        <DayField
          label={t.until}
          value={values.until}
          onChange={(until) => set('until', until)}
          error={error('/retainUntil')}
        />
      ) : null}
      <TextField
        label={said.words}
        lines
        required={act !== 'accept' && act !== 'retain'}
        value={values.words}
        onChange={(words) => set('words', words)}
        error={error('/note') ?? error('/reason') ?? error('/basis')}
      />
    </FormDrawer>
  )
}
