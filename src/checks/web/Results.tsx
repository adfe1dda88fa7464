import { Button, Drawer } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { usePagedSource } from '../../web/table/source.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import type { Outcome as Name } from '../run.ts'
import css from './checks.module.css'
import { checkMessages } from './messages.ts'
import { useAssetNames } from './names.ts'
import { Outcome } from './Outcome.tsx'
import type { AssetStanding, CheckAnswer, PastResult } from './shapes.ts'

// What somebody has to look at is shown first.
const order: readonly Name[] = ['fail', 'error', 'not-run', 'pass']
const urgent: readonly Name[] = ['fail', 'error']

/** Where the check stands with each asset, and how it got there. */
export function Results({ check }: { check: CheckAnswer }) {
  const t = useWords(checkMessages)
  const format = useFormat()
  const name = useAssetNames()
  const [state, setState] = useState<Name | null>(() => urgent.find((one) => check.counts[one] > 0) ?? null)
  const [asset, setAsset] = useState<string | null>(null)
  const source = usePagedSource<AssetStanding>(`/api/checks/${check.id}/results`, { state })
  const shell = useWords(shellMessages)
  if (source.error) return <Failure error={source.error} />
  return (
    <>
      <div className={css.filters}>
        {order.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={state === one}
            onClick={() => setState(state === one ? null : one)}
          >
            {t.count(t.outcomes[one], format.number(check.counts[one]))}
          </button>
        ))}
      </div>
      <Plain caption={t.results} head={[t.asset, t.state, t.seen, t.ran, t.speaksUntil]}>
        {source.rows.map((row) => (
          <tr key={row.assetId}>
            <td>
              <button type="button" className={css.asset} onClick={() => setAsset(row.assetId)}>
                {name(row.assetId)}
              </button>
            </td>
            <td>
              <Outcome outcome={row.state} />
            </td>
            <td className={css.detail}>{row.detail ?? '—'}</td>
            <td>{row.ranOn ? format.shortDay(row.ranOn) : t.never}</td>
            <td>{row.validUntil ? format.shortDay(row.validUntil) : '—'}</td>
          </tr>
        ))}
      </Plain>
      {!source.loading && source.total === 0 ? <p className="quiet">{t.noAssets}</p> : null}
      {source.rows.length < source.total ? (
        <Button mt="sm" variant="default" onClick={source.more}>
          {shell.table.rows(`+${format.number(source.total - source.rows.length)}`)}
        </Button>
      ) : null}
      {asset ? (
        <History check={check} assetId={asset} name={name(asset)} onClose={() => setAsset(null)} />
      ) : null}
    </>
  )
}

type HistoryProps = { check: CheckAnswer; assetId: string; name: string; onClose: () => void }

function History({ check, assetId, name, onClose }: HistoryProps) {
  const t = useWords(checkMessages)
  const shell = useWords(shellMessages)
  const read = useRead<{ items: PastResult[] }>(`/api/checks/${check.id}/history`, { assetId })
  return (
    <Drawer
      opened
      onClose={onClose}
      title={t.historyOf(name)}
      size={620}
      closeButtonProps={{ 'aria-label': shell.form.close }}
    >
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? <p className="quiet">{t.noHistory}</p> : <Past items={items} />
        }
      </Loaded>
    </Drawer>
  )
}

/** Every result, as a strip to see and as a list to read. */
function Past({ items }: { items: readonly PastResult[] }) {
  const t = useWords(checkMessages)
  const format = useFormat()
  const count = (outcome: Name) => format.number(items.filter((one) => one.outcome === outcome).length)
  return (
    <>
      <p className="quiet">{t.failuresStay}</p>
      <div
        className={css.strip}
        role="img"
        aria-label={t.stripLabel(count('pass'), count('fail'), count('error'))}
      >
        {items.toReversed().map((one) => (
          <i key={`${one.runId} ${one.ranAt}`} data-outcome={one.outcome} />
        ))}
      </div>
      <ol className={css.past}>
        {items.map((one) => (
          <li key={`${one.runId} ${one.ranAt}`}>
            <Outcome outcome={one.outcome} />
            <span className="tabular">{one.ranOn ? format.shortDay(one.ranOn) : '—'}</span>
            <span className={css.detail}>{one.detail ?? ''}</span>
            {one.evidenceId ? (
              <Link to="/app/evidence/$id" params={{ id: one.evidenceId }}>
                {t.evidence}
              </Link>
            ) : (
              <span />
            )}
          </li>
        ))}
      </ol>
    </>
  )
}
