import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { evidenceMessages } from './messages.ts'
import type { EvidenceDetail } from './shapes.ts'

export type Act = 'accept' | 'reject' | 'withdraw' | 'hold' | 'release' | 'retain' | 'dispose'

type Draft = { words: string; until: string | null }

const paths: Readonly<Record<Act, string>> = {
  accept: 'review',
  reject: 'review',
  withdraw: 'withdrawal',
  hold: 'hold',
  release: 'hold-release',
  retain: 'retention',
  dispose: 'disposal',
}

/** What is sent; the server knows the words by another name for each. */
function bodyOf(act: Act, { words, until }: Draft): object {
  const text = words.trim()
  if (act === 'accept' || act === 'reject')
    return { verdict: act === 'accept' ? 'accepted' : 'rejected', note: text || null }
  if (act === 'retain') return { retainUntil: until, reason: text || null }
  return act === 'dispose' ? { basis: text } : { reason: text }
}

/** One decision about an item: says first what will happen, then asks for the words that go into the log. */
export function ActForm({ act, one, onClose }: { act: Act; one: EvidenceDetail; onClose: () => void }) {
  const t = useWords(evidenceMessages)
  const form = useForm<Draft, unknown>({
    initial: { words: '', until: one.retainUntil },
    save: (draft, idempotencyKey) =>
      call('POST', `/api/evidence/${one.id}/${paths[act]}`, {
        body: bodyOf(act, draft),
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
