import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { call } from '../../web/client.ts'
import { TextField } from '../../web/form/fields.tsx'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { Dropping } from './Dropping.tsx'
import { timesFor, titleFrom } from './defaults.ts'
import type { EvidenceTarget } from './EvidenceFor.tsx'
import css from './evidence.module.css'
import { type GivingLink, nothingPending, type Pending } from './giving.ts'
import { StayGuard } from './LeaveDialog.tsx'
import { Leftovers } from './Leftovers.tsx'
import { evidenceMessages } from './messages.ts'
import type { EvidenceAnswer } from './shapes.ts'
import { TimesLine } from './TimesLine.tsx'
import { type Uploads, useUploads } from './useUploads.ts'

const stateOf = ({ entries, busy, stuck }: Uploads): Pending['state'] =>
  entries.length === 0 ? 'none' : busy ? 'busy' : stuck ? 'stuck' : 'ready'

/** What is to become one item: its files, and what is said of them before anybody says otherwise. */
function useGiving(target: EvidenceTarget) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const me = useMe().data
  const cache = useQueryClient()
  const uploads = useUploads()
  const [title, setTitle] = useState<string | null>(null)
  const [own, setOwn] = useState<ReturnType<typeof timesFor> | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [saving, setSaving] = useState(false)
  const [given, setGiven] = useState(false)
  const sent = useRef({ body: '', key: '' })
  const [first] = uploads.entries
  const changed = first?.source?.lastModified ?? null
  const zone = me?.organisation.timeZone ?? 'UTC'
  const times = own ?? timesFor(target.period ?? null, changed, me?.today ?? '1970-01-01', zone)
  const usual = first ? usualTitle(first.name, format.text(target.name), t.screenshot) : ''
  const body = {
    title: (title ?? usual).trim(),
    entityId: target.entityId,
    ...times,
    files: uploads.ready.map(({ id }) => id),
    implementationIds: [target.implementationId],
    occurrenceIds: target.occurrenceId ? [target.occurrenceId] : [],
  }
  /** Throws what the server refuses; then everything is still there. */
  const give = async () => {
    if (uploads.ready.length === 0) return
    const text = JSON.stringify(body)
    if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() }
    setSaving(true)
    setProblem(null)
    try {
      await call<EvidenceAnswer>('POST', '/api/evidence', { body, idempotencyKey: sent.current.key })
      uploads.clear()
      setTitle(null)
      setOwn(null)
      setGiven(true)
    } catch (error) {
      setProblem(error)
      throw error
    } finally {
      setSaving(false)
    }
  }
  /** As its own button does it: what is wrong stands beside it, and everything on the screen is read again. */
  const giveAlone = () =>
    give()
      .then(() => cache.invalidateQueries())
      .catch(() => undefined)
  const take = (files: readonly File[]) => {
    setProblem(null)
    uploads.add(files)
  }
  return {
    uploads,
    title: title ?? usual,
    setTitle,
    times,
    setTimes: setOwn,
    problem,
    saving,
    given,
    give,
    giveAlone,
    take,
  }
}

type GivePanelProps = {
  target: EvidenceTarget
  /** Leads to the form that records; without one the files are given by themselves alone. */
  link?: GivingLink
}

/** Drop, look, save. What was dropped is never left behind without a word. */
export function GivePanel({ target, link }: GivePanelProps) {
  const t = useWords(evidenceMessages)
  const giving = useGiving(target)
  const { uploads } = giving
  const state = stateOf(uploads)
  const count = uploads.entries.length
  const tell = useEffectEvent((pending: Pending) => link?.onPending(pending))
  useEffect(() => tell({ state, count }), [state, count])
  useEffect(() => () => tell(nothingPending), [])
  useEffect(() => {
    if (link) link.give.current = giving.give
  })
  return (
    <div className={css.giving}>
      <Dropping uploads={uploads} onFiles={giving.take} error={null} />
      <Leftovers uploads={uploads} />
      {count > 0 ? (
        <>
          <TextField label={t.item} value={giving.title} onChange={giving.setTitle} />
          <TimesLine times={giving.times} onChange={giving.setTimes} />
          {giving.problem ? <Failure error={giving.problem} /> : null}
          <div>
            <Button
              {...(link ? { variant: 'default' } : {})}
              onClick={giving.giveAlone}
              loading={giving.saving}
              disabled={uploads.busy || uploads.ready.length === 0}
            >
              {uploads.busy ? t.stillSending : link ? t.giveOnly : t.give}
            </Button>
          </div>
        </>
      ) : null}
      {giving.given && count === 0 ? <Notice tone="met">{t.given}</Notice> : null}
      <StayGuard count={count} />
    </div>
  )
}

/** A pasted screenshot says nothing in its name: the control does. */
const usualTitle = (fileName: string, control: string, screenshot: string): string =>
  (fileName.startsWith(screenshot) && control
    ? `${control}: ${titleFrom(fileName)}`
    : titleFrom(fileName)
  ).slice(0, 200)
