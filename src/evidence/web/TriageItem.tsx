import { Button, Textarea } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import { call } from '../../web/client.ts'
import { useChange, useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Doing } from '../../web/ui/Doing.tsx'
import { Pairs } from '../../web/ui/Facts.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { useRefusal } from './Actions.tsx'
import { DataLine } from './DataLine.tsx'
import css from './evidence.module.css'
import { FilesWithPreview } from './FilesWithPreview.tsx'
import { evidenceMessages } from './messages.ts'
import type { Names } from './names.ts'
import type { EvidenceDetail } from './shapes.ts'
import { ThreeTimes } from './ThreeTimes.tsx'
import { useTriageKeys } from './useTriageKeys.ts'

type TriageItemProps = { id: string; names: Names; onJudged: () => void }

export function TriageItem({ id, names, onJudged }: TriageItemProps) {
  const read = useRead<EvidenceDetail>(`/api/evidence/${id}`)
  return <Loaded read={read}>{(one) => <Judged one={one} names={names} onJudged={onJudged} />}</Loaded>
}

/** One item with its content, what it claims to be for, and the two ways to judge it. */
function Judged({ one, names, onJudged }: { one: EvidenceDetail; names: Names; onJudged: () => void }) {
  const t = useWords(evidenceMessages)
  const refusal = useRefusal(one)
  const [note, setNote] = useState<string | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const judge = useChange((verdict: 'accepted' | 'rejected') =>
    call('POST', `/api/evidence/${one.id}/review`, {
      body: { verdict, note: note?.trim() || null },
      version: one.version,
    }),
  )
  const decide = (verdict: 'accepted' | 'rejected') => judge.mutate(verdict, { onSuccess: onJudged })
  const accept = () => {
    const reason = refusal('accept')
    setSaid(reason)
    if (reason === null && !judge.isPending) decide('accepted')
  }
  const reject = () => {
    const reason = refusal('reject')
    setSaid(reason)
    if (reason === null) setNote((before) => before ?? '')
  }
  useTriageKeys({ a: accept, f: reject })
  return (
    <article aria-label={one.title}>
      <div className={css.judge}>
        <h2>{one.title}</h2>
        <Link to="/app/evidence/$id" params={{ id: one.id }}>
          {t.openItem}
        </Link>
        <Doing reason={refusal('reject')} onClick={reject} plain>
          {t.reject}
        </Doing>
        <Doing reason={refusal('accept')} onClick={accept}>
          {t.accept}
        </Doing>
      </div>
      {said ? <Notice tone="partial">{said}</Notice> : null}
      {judge.error ? <Failure error={judge.error} /> : null}
      {note === null ? null : (
        <Rejecting
          note={note}
          onNote={setNote}
          saving={judge.isPending}
          onSend={() => decide('rejected')}
          onCancel={() => setNote(null)}
        />
      )}
      <ThreeTimes one={one} />
      <Claims one={one} names={names} />
      {one.description ? <p className={css.words}>{one.description}</p> : null}
      <DataLine one={one} />
      {one.files.length === 0 && one.data ? null : <FilesWithPreview one={one} />}
    </article>
  )
}

type RejectingProps = {
  note: string
  onNote: (note: string) => void
  saving: boolean
  onSend: () => void
  onCancel: () => void
}

function Rejecting({ note, onNote, saving, onSend, onCancel }: RejectingProps) {
  const t = useWords(evidenceMessages)
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel()
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && note.trim() !== '') onSend()
  }
  return (
    <div className={css.rejecting}>
      <Textarea
        label={t.noteNeeded}
        autoFocus
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => onNote(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      <div>
        <Button color="red" loading={saving} disabled={note.trim() === ''} onClick={onSend}>
          {t.reject}
        </Button>{' '}
        <Button variant="default" onClick={onCancel}>
          {t.keepOpen}
        </Button>
      </div>
    </div>
  )
}

function Claims({ one, names }: { one: EvidenceDetail; names: Names }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const { implementations, occurrences, requirements } = one.linked
  const collector = format.text(one.people.find(({ id }) => id === one.collectorId)?.name)
  const controls = [...new Set(implementations.map(({ code, name }) => `${code} ${format.text(name)}`))]
  const tasks = occurrences.map(
    ({ code, periodFrom, periodTo }) =>
      `${code} ${t.period(format.shortDay(periodFrom), format.shortDay(periodTo))}`,
  )
  const asked = requirements.map(({ edition, requirement }) => `${edition} ${requirement}`)
  return (
    <div className={css.claims}>
      <Pairs
        facts={[
          { label: t.linkedTo, value: [...controls, ...tasks, ...asked].join(' · ') || t.noLinks },
          { label: t.entity, value: names.entity(one.entityId) || '—' },
          { label: t.source, value: t.sources[one.source] },
          { label: t.collector, value: one.collector ?? (collector || '—') },
        ]}
      />
    </div>
  )
}
