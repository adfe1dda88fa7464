import type { ReactNode } from 'react'
import { ApiProblem, type FieldError } from '../client.ts'
import { useWords } from '../i18n/catalogue.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Icon, type IconName } from './icons.tsx'
import type { Tone } from './State.tsx'
import css from './ui.module.css'

const icons: Partial<Record<Tone, IconName>> = { failing: 'warning', partial: 'warning', met: 'check' }

type NoticeProps = {
  tone: Tone
  action?: ReactNode
  /** Part of the page as it was asked for: a screen reader meets it in its place and is not interrupted. */
  calm?: boolean
  children: ReactNode
}

/** A message on the page itself. Only a failure interrupts a screen reader. */
export function Notice({ tone, action, calm, children }: NoticeProps) {
  const role = calm ? {} : { role: tone === 'failing' ? 'alert' : 'status' }
  return (
    <div className={css.alert} data-tone={tone} {...role}>
      <Icon name={icons[tone] ?? 'clock'} />
      <div>{children}</div>
      {action}
    </div>
  )
}

type FailureProps = {
  error: unknown
  action?: ReactNode
  /** Fields that say themselves what is wrong with them. */
  shown?: readonly string[]
}

/** Says what the server, or the lack of one, answered. */
export function Failure({ error, action, shown }: FailureProps) {
  const t = useWords(shellMessages)
  const told = (field: FieldError) => shown?.includes(field.pointer.split('/')[1] ?? '') ?? false
  const fields = error instanceof ApiProblem ? error.fields.filter((field) => !told(field)) : []
  return (
    <Notice tone="failing" action={action}>
      {failureText(error, t.failure)}
      {fields.length > 0 ? (
        <ul>
          {fields.map((field) => (
            <li key={`${field.pointer} ${field.code}`}>{field.detail}</li>
          ))}
        </ul>
      ) : null}
    </Notice>
  )
}

type FailureWords = { offline: string; unexpected: string }

export function failureText(error: unknown, words: FailureWords): string {
  if (!(error instanceof ApiProblem)) return words.unexpected
  return error.status === 0 ? words.offline : error.message
}
