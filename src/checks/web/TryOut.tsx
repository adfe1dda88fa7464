import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../web/client.ts'
import { ChoiceField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import css from './checks.module.css'
import { checkMessages } from './messages.ts'
import { Outcome } from './Outcome.tsx'
import type { Trial } from './shapes.ts'
import { useDataItems } from './useDataItems.ts'

/** Asks stored evidence what an expression would find there; nothing is recorded. */
export function TryOut({ expression, kind }: { expression: string; kind: string }) {
  const t = useWords(checkMessages)
  const options = useDataItems(kind)
  const [chosen, setChosen] = useState<string | null>(null)
  const evidenceId = options.find(({ value }) => value === chosen)?.value ?? options[0]?.value ?? null
  const trial = useMutation({
    mutationFn: () => call<Trial>('POST', '/api/checks/try', { body: { expression, evidenceId } }),
  })
  return (
    <section className={css.try} aria-label={t.try}>
      <p className="quiet">{options.length === 0 && kind !== '' ? t.noData : t.tryText}</p>
      {options.length > 0 ? (
        <ChoiceField label={t.tryOn} value={evidenceId ?? ''} options={options} onChange={setChosen} />
      ) : null}
      <div>
        <Button
          variant="default"
          loading={trial.isPending}
          disabled={expression.trim() === ''}
          onClick={() => trial.mutate()}
        >
          {t.try}
        </Button>
      </div>
      {trial.error ? <Failure error={trial.error} /> : null}
      {trial.data ? <Found trial={trial.data} /> : null}
    </section>
  )
}

function Found({ trial: { items, total } }: { trial: Trial }) {
  const t = useWords(checkMessages)
  const format = useFormat()
  if (total === 0) return <Notice tone="met">{t.tryOk}</Notice>
  const count = (outcome: string) => format.number(items.filter((one) => one.outcome === outcome).length)
  return (
    <>
      <strong>{t.tried(count('pass'), count('fail'), count('error'))}</strong>
      <div className={css.tried}>
        <Plain caption={t.try} head={[t.resource, t.outcome, t.seen]}>
          {items.map((one) => (
            <tr key={one.resource}>
              <td>{one.resource}</td>
              <td>
                <Outcome outcome={one.outcome} />
              </td>
              <td className={css.detail}>{one.detail ?? one.incomplete ?? ''}</td>
            </tr>
          ))}
        </Plain>
      </div>
      {items.length < total ? (
        <p className="quiet">{t.triedCut(format.number(items.length), format.number(total))}</p>
      ) : null}
    </>
  )
}
