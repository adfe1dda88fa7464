import { ActionIcon, Button } from '@mantine/core'
import { ApiProblem } from '../../web/client.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { shellMessages } from '../../web/i18n/messages.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { failureText } from '../../web/ui/Notice.tsx'
import { State, type Tone } from '../../web/ui/State.tsx'
import css from './evidence.module.css'
import { Inspection } from './Inspection.tsx'
import { evidenceMessages } from './messages.ts'
import type { UploadEntry, Uploads } from './useUploads.ts'

const tones: Readonly<Record<UploadEntry['state'], Tone>> = {
  waiting: 'none',
  sending: 'accent',
  checking: 'accent',
  ready: 'met',
  refused: 'failing',
  failed: 'partial',
}

/** The files of an upload, each with how far it is and what became of it. */
export function UploadList({ uploads }: { uploads: Uploads }) {
  const t = useWords(evidenceMessages)
  if (uploads.entries.length === 0) return null
  return (
    <ul className={css.uploads} aria-label={t.files}>
      {uploads.entries.map((one) => (
        <Line key={one.key} one={one} uploads={uploads} />
      ))}
    </ul>
  )
}

function Line({ one, uploads }: { one: UploadEntry; uploads: Uploads }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const percent = `${Math.floor(one.share * 100)} %`
  const words = {
    waiting: t.waiting,
    sending: t.sending(percent),
    checking: t.checking,
    ready: t.ready,
    refused: t.refused,
    failed: one.share > 0 ? t.interrupted : t.failed,
  }[one.state]
  return (
    <li className={css.upload} data-state={one.state}>
      <Icon name="file" />
      <span className={css.uploadName}>
        {/* A refused name may hold the very number that was refused; the answer says it masked. */}
        {one.state === 'refused' ? maskedName(one.name) : one.name}
      </span>
      <span className="quiet tabular">{format.bytes(one.size)}</span>
      <State tone={tones[one.state]}>{words}</State>
      <span className={css.uploadActs}>
        {one.state === 'failed' ? (
          <Button size="compact-xs" variant="default" onClick={() => uploads.again(one)}>
            {one.share > 0 ? t.goOn : t.again}
          </Button>
        ) : null}
        <ActionIcon aria-label={t.removeFile(maskedName(one.name))} onClick={() => uploads.remove(one)}>
          <Icon name="close" />
        </ActionIcon>
      </span>
      {one.state === 'sending' ? (
        <progress className={css.progress} value={one.share} max={1} aria-label={one.name} />
      ) : null}
      {one.file ? <Inspection file={one.file} quietWhenClean /> : null}
      {one.problem ? <Refused problem={one.problem} /> : null}
    </li>
  )
}

/** Longer runs of digits, also with spaces and hyphens between, are never shown whole. */
const maskedName = (name: string): string =>
  name.replace(/\d(?:[ -]?\d){12,18}/g, (run) => `${run.slice(0, 6)}…${run.slice(-4)}`)

function Refused({ problem }: { problem: unknown }) {
  const t = useWords(evidenceMessages)
  const shell = useWords(shellMessages)
  const cards = problem instanceof ApiProblem && problem.code === 'evidence.card_numbers'
  const fields = problem instanceof ApiProblem ? problem.fields : []
  return (
    <div className={css.refused} role="alert">
      <strong>{cards ? t.cardFound : failureText(problem, shell.failure)}</strong>
      <ul>
        {fields.map((field, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: findings of one file differ in nothing but their place
          <li key={at}>{field.detail}</li>
        ))}
      </ul>
      {cards ? <p>{t.cardAdvice}</p> : null}
    </div>
  )
}
