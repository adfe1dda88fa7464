import { Button, Radio } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Notice } from '../ui/Notice.tsx'
import css from './form.module.css'

export type Labels<Values> = Partial<Record<keyof Values, string>>

type ConflictProps<Values extends object> = {
  yours: Values
  theirs: Values
  labels: Labels<Values>
  onResolve: (merged: Values) => void
}

/** Theirs or yours, field by field. The version is always theirs: it is what the next save changes. */
export function Conflict<Values extends object>({ yours, theirs, labels, onResolve }: ConflictProps<Values>) {
  const t = useWords(shellMessages)
  const show = useShown()
  const keys = (Object.keys(labels) as (keyof Values & string)[]).filter(
    (key) => JSON.stringify(yours[key]) !== JSON.stringify(theirs[key]),
  )
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set(keys))
  const take = (key: string, isMine: boolean) => {
    const next = new Set(mine)
    if (isMine) next.add(key)
    else next.delete(key)
    setMine(next)
  }
  const resolve = () => {
    const merged = { ...theirs }
    for (const key of keys) if (mine.has(key)) merged[key] = yours[key]
    onResolve(merged)
  }
  return (
    <div>
      <Notice tone="partial">
        <strong>{t.form.conflictTitle}</strong>
        <br />
        {keys.length > 0 ? t.form.conflictText : t.form.conflictSame}
      </Notice>
      <table className={css.conflict}>
        <thead>
          <tr>
            <th scope="col">{t.form.field}</th>
            <th scope="col">{t.form.theirs}</th>
            <th scope="col">{t.form.yours}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key}>
              <th scope="row">{labels[key]}</th>
              <td>
                <Radio
                  name={key}
                  checked={!mine.has(key)}
                  onChange={() => take(key, false)}
                  label={show(theirs[key])}
                />
              </td>
              <td>
                <Radio
                  name={key}
                  checked={mine.has(key)}
                  onChange={() => take(key, true)}
                  label={show(yours[key])}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button mt="md" variant="default" onClick={resolve}>
        {t.form.conflictTake}
      </Button>
    </div>
  )
}

function useShown(): (value: unknown) => string {
  const t = useWords(shellMessages)
  const format = useFormat()
  return (value) => {
    if (value === null || value === undefined || value === '') return t.form.none
    if (typeof value === 'object' && ('en' in value || 'ja' in value))
      return Object.values(value).filter(Boolean).join(' / ')
    if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? format.day(value) : value
    return JSON.stringify(value)
  }
}
