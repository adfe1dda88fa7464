import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { Page } from '../../kernel/page.ts'
import { call } from '../../web/client.ts'
import { useChange, useRead } from '../../web/data.ts'
import { TextField } from '../../web/form/fields.tsx'
import { useMayNow, useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { Dropping } from './Dropping.tsx'
import { type Period, timesFor, titleFrom } from './defaults.ts'
import { EvidenceState } from './EvidenceState.tsx'
import css from './evidence.module.css'
import { LastTime } from './LastTime.tsx'
import { evidenceMessages } from './messages.ts'
import { Reuse } from './Reuse.tsx'
import type { EvidenceAnswer } from './shapes.ts'
import { TimesLine } from './TimesLine.tsx'
import { useUploads } from './useUploads.ts'

/** What evidence is asked for: an occurrence of a control, or its implementation as such. */
export type EvidenceTarget = {
  entityId: Id
  implementationId: Id
  occurrenceId?: Id
  /** The period of the occurrence. */
  period?: Period
  /** The name of the control, for a title where the file has none worth having. */
  name?: LocalText
}

/**
 * Evidence of one task, where the task is: what is there already, what could be used again, last time's example, and a
 * place to drop or paste the new one. Everything else has a sensible value that can be changed.
 */
export default function EvidenceFor({ target }: { target: EvidenceTarget }) {
  const t = useWords(evidenceMessages)
  const may = useMayNow()
  const { occurrenceId, implementationId } = target
  const given = useRead<Page<EvidenceAnswer>>('/api/evidence', {
    ...(occurrenceId ? { occurrence: occurrenceId } : { implementation: implementationId }),
    replaced: 'no',
    sort: 'collected',
    limit: 20,
  })
  const items = given.data?.items ?? []
  return (
    <section className={css.for} aria-label={t.title}>
      {given.error ? <Failure error={given.error} /> : null}
      {items.length > 0 ? <Attached items={items} /> : null}
      {may('evidence.add') ? (
        <>
          <Reuse target={target} />
          <div className={css.beside}>
            <Giving target={target} />
            <LastTime target={target} />
          </div>
        </>
      ) : items.length === 0 ? (
        <p className="quiet">{t.nothingAttached}</p>
      ) : null}
    </section>
  )
}

function Attached({ items }: { items: readonly EvidenceAnswer[] }) {
  const t = useWords(evidenceMessages)
  return (
    <div>
      <h4 className={css.forTitle}>{t.attached}</h4>
      <ul className={css.attached}>
        {items.map((one) => (
          <li key={one.id}>
            <Link to="/app/evidence/$id" params={{ id: one.id }}>
              {one.title}
            </Link>
            <EvidenceState one={one} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Drop, look, save. */
function Giving({ target }: { target: EvidenceTarget }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const me = useMe()
  const uploads = useUploads()
  const [title, setTitle] = useState<string | null>(null)
  const [own, setOwn] = useState<ReturnType<typeof timesFor> | null>(null)
  const today = me.data?.today ?? '1970-01-01'
  const [first] = uploads.entries
  const times =
    own ??
    timesFor(
      target.period ?? null,
      first?.source.lastModified ?? null,
      today,
      me.data?.organisation.timeZone ?? 'UTC',
    )
  const usual = first ? usualTitle(first.source.name, format.text(target.name), t.screenshot) : ''
  const save = useChange((key: string) =>
    call<EvidenceAnswer>('POST', '/api/evidence', {
      body: {
        title: (title ?? usual).trim(),
        entityId: target.entityId,
        ...times,
        files: uploads.ready.map(({ id }) => id),
        implementationIds: [target.implementationId],
        occurrenceIds: target.occurrenceId ? [target.occurrenceId] : [],
      },
      idempotencyKey: key,
    }),
  )
  const give = () =>
    save.mutate(crypto.randomUUID(), {
      onSuccess: () => {
        uploads.clear()
        setTitle(null)
        setOwn(null)
      },
    })
  const take = (files: readonly File[]) => {
    save.reset()
    uploads.add(files)
  }
  return (
    <div className={css.giving}>
      <Dropping uploads={uploads} onFiles={take} error={null} />
      {uploads.entries.length > 0 ? (
        <>
          <TextField label={t.item} value={title ?? usual} onChange={setTitle} />
          <TimesLine times={times} onChange={setOwn} />
          {save.error ? <Failure error={save.error} /> : null}
          <div>
            <Button
              onClick={give}
              loading={save.isPending}
              disabled={uploads.busy || uploads.ready.length === 0}
            >
              {uploads.busy ? t.stillSending : t.give}
            </Button>
          </div>
        </>
      ) : null}
      {save.data && uploads.entries.length === 0 ? <Notice tone="met">{t.given}</Notice> : null}
    </div>
  )
}

/** A pasted screenshot says nothing in its name: the control does. */
const usualTitle = (fileName: string, control: string, screenshot: string): string =>
  (fileName.startsWith(screenshot) && control
    ? `${control}: ${titleFrom(fileName)}`
    : titleFrom(fileName)
  ).slice(0, 200)
