import { Button, Checkbox, Drawer, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Id } from '../../kernel/id.ts'
import { call } from '../../web/client.ts'
import css from '../../web/exchange/exchange.module.css'
import { useMay, useMe } from '../../web/frame/me.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { failureText, Notice } from '../../web/ui/Notice.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { State } from '../../web/ui/State.tsx'
import { actBody, actPaths } from './acts.ts'
import type { BulkAct } from './EvidenceBulk.tsx'
import { exchangeMessages } from './exchange-messages.ts'
import { evidenceMessages } from './messages.ts'
import { refusalOf } from './reasons.ts'
import type { EvidenceAnswer } from './shapes.ts'
import { type Fate, useMany } from './useMany.ts'

type BulkDrawerProps = {
  act: BulkAct
  rows: readonly EvidenceAnswer[]
  onClose: (changed: boolean) => void
}

/** One decision about many items: says which it cannot be for and why, and then what became of each. */
export default function BulkDrawer({ act, rows, onClose }: BulkDrawerProps) {
  const t = useWords(exchangeMessages).bulk
  const words = useWords(evidenceMessages)
  const format = useFormat()
  const refusal = useRefusal(act)
  const [reason, setReason] = useState('')
  const [looked, setLooked] = useState(false)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const able = rows.filter((row) => refusal(row) === null)
  const many = useMany((id: Id) =>
    call('POST', `/api/evidence/${id}/${actPaths[act]}`, {
      body: actBody(act, reason),
      version: byId.get(id)?.version ?? 0,
    }),
  )
  const begun = many.fates.size > 0
  const needed = act !== 'accept'
  const ready = able.length > 0 && (needed ? reason.trim() !== '' : looked)
  const grave = act === 'withdraw'
  const close = () => {
    many.stop()
    onClose(many.done > 0)
  }
  return (
    <Drawer
      opened
      onClose={close}
      title={t.titles[act](format.number(rows.length))}
      size={680}
      padding={0}
      styles={{ body: { padding: 0 } }}
      closeButtonProps={{ 'aria-label': t.close }}
    >
      <div className={css.body}>
        <div className={css.parts}>
          <Notice tone={able.length === 0 ? 'unknown' : grave ? 'partial' : 'accent'} calm>
            {able.length === 0 ? t.nothing : t.texts[act]}
          </Notice>
          {able.length > 0 ? (
            <Textarea
              label={act === 'accept' ? words.note : act === 'reject' ? words.noteNeeded : words.reason}
              withAsterisk={needed}
              autosize
              minRows={2}
              maxLength={2000}
              disabled={begun}
              data-autofocus
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          ) : null}
          {act === 'accept' && able.length > 0 ? (
            <Checkbox
              size="sm"
              label={t.seen}
              disabled={begun}
              checked={looked}
              onChange={(event) => setLooked(event.currentTarget.checked)}
            />
          ) : null}
          {begun ? <Progress all={able.length} many={many} /> : null}
          <Plain caption={t.items} head={[words.item, t.result]} cards={false}>
            {rows.map((row) => (
              <tr key={row.id}>
                <td className={css.title}>{row.title}</td>
                <td className={css.details}>
                  <Outcome fate={many.fates.get(row.id)} reason={refusal(row)} />
                </td>
              </tr>
            ))}
          </Plain>
        </div>
        <div className={css.footer}>
          <Button variant="default" onClick={close}>
            {begun ? t.close : t.cancel}
          </Button>
          {begun ? null : (
            <Button
              disabled={!ready}
              {...(grave ? { color: 'red' } : {})}
              onClick={() => many.run(able.map((row) => row.id))}
            >
              {t.titles[act](format.number(able.length))}
            </Button>
          )}
        </div>
      </div>
    </Drawer>
  )
}

/** Why something cannot be done with an item, in words; null when it can. */
function useRefusal(act: BulkAct): (row: EvidenceAnswer) => string | null {
  const words = useWords(evidenceMessages)
  const format = useFormat()
  const personId = useMe().data?.person?.id ?? null
  const may = useMay()
  const past = useIsPast()
  return (row) => {
    const found = refusalOf(act, row, { personId, past, replaced: false, may })
    if (found === null) return null
    const said = words.refusals[found.key]
    return typeof said === 'string' ? said : said(format.shortDay(found.day ?? ''))
  }
}

function Progress({ all, many }: { all: number; many: ReturnType<typeof useMany> }) {
  const t = useWords(exchangeMessages).bulk
  const format = useFormat()
  const settled = many.done + many.refused
  if (many.finished)
    return (
      <Notice tone={many.refused > 0 ? 'partial' : 'met'}>
        {t.finished(format.number(many.done), format.number(many.refused))}
      </Notice>
    )
  const text = t.progress(format.number(settled), format.number(all))
  return (
    <div role="status" className={css.progress}>
      <progress value={settled} max={all} aria-label={t.working} />
      <span className="quiet tabular">{text}</span>
    </div>
  )
}

function Outcome({ fate, reason }: { fate: Fate | undefined; reason: string | null }) {
  const t = useWords(exchangeMessages).bulk
  const shell = useWords(shellMessages)
  if (fate === undefined)
    return reason === null ? null : (
      <>
        <State tone="none">{t.stays}</State> <span className="quiet">{reason}</span>
      </>
    )
  if (fate.state === 'refused')
    return (
      <>
        <State tone="failing">{t.refused}</State> {failureText(fate.problem, shell.failure)}
      </>
    )
  return (
    <State tone={fate.state === 'done' ? 'met' : fate.state === 'working' ? 'accent' : 'none'}>
      {t[fate.state]}
    </State>
  )
}
