import { Button, Drawer, FileButton, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useChange } from '../data.ts'
import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { FileDrop } from '../ui/FileDrop.tsx'
import { Icon } from '../ui/icons.tsx'
import { Failure, Notice } from '../ui/Notice.tsx'
import css from './exchange.module.css'
import { ImportRows } from './ImportRows.tsx'
import { applying, examining, ImportWorking } from './ImportWorking.tsx'
import { CalledOff, type ChosenFile, chosen, type ImportAnswer } from './import-file.ts'
import { importMessages } from './messages.ts'
import { useImport } from './useImport.ts'
import type { ImportWords } from './words.ts'

const accept =
  '.csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,application/vnd.ms-excel'

const changesOf = ({ counts }: ImportAnswer) => counts.create + counts.update

type ImportDrawerProps = {
  /** Address of the register: `/api/certificates`. Files go to `import` below it, the template is its `export.xlsx`. */
  address: string
  words: ImportWords
  onClose: () => void
}

/** Brings rows from a spreadsheet: shows first what each would do, then does all of them or nothing. */
export default function ImportDrawer({ address, words, onClose }: ImportDrawerProps) {
  const t = useWords(importMessages)
  const format = useFormat()
  const [file, setFile] = useState<ChosenFile | null>(null)
  const [reason, setReason] = useState('')
  const { start, callOff, progress, leaving } = useImport()
  const examine = useMutation({
    mutationFn: (one: ChosenFile) => start({ address, file: one, mode: 'dry-run' }),
  })
  const apply = useChange((one: ChosenFile) => start({ address, file: one, mode: 'apply', reason }))
  const take = async (given: File) => {
    const one = await chosen(given)
    setFile(one)
    apply.reset()
    examine.mutate(one)
  }
  const plan = examine.data
  const possible = plan !== undefined && plan.counts.error === 0 && changesOf(plan) > 0
  const running = examine.isPending || apply.isPending
  return (
    <Drawer
      opened
      onClose={onClose}
      title={words.title}
      size={760}
      padding={0}
      styles={{ body: { padding: 0 } }}
      closeButtonProps={{ 'aria-label': t.close }}
    >
      <div className={css.body}>
        <div className={css.parts}>
          {file === null ? (
            <Start address={address} words={words} onFile={take} />
          ) : (
            <div className={css.file}>
              <Icon name="file" />
              <strong>{file.name}</strong>
              <span className="quiet">{format.bytes(file.bytes.size)}</span>
              {apply.data || running ? null : (
                <FileButton accept={accept} onChange={(next) => next && take(next)}>
                  {(props) => (
                    <Button variant="subtle" size="compact-xs" {...props}>
                      {t.other}
                    </Button>
                  )}
                </FileButton>
              )}
            </div>
          )}
          {running ? (
            <ImportWorking
              progress={progress}
              stages={apply.isPending ? applying : examining}
              leaving={leaving}
            />
          ) : null}
          <Ended error={examine.error ?? apply.error} />
          {plan && !running ? <Verdict plan={plan} applied={apply.data} words={words} /> : null}
          {possible && !apply.data && !running ? (
            <TextInput
              label={t.reason}
              description={t.reasonHint}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          ) : null}
          {plan && !running ? <ImportRows answer={apply.data ?? plan} words={words} /> : null}
        </div>
        <div className={css.footer}>
          {running ? (
            // What is being committed cannot be called off any more.
            <Button
              variant="default"
              disabled={leaving || progress?.stage === 'committing'}
              onClick={callOff}
            >
              {t.callOff}
            </Button>
          ) : (
            <Button variant="default" onClick={onClose}>
              {apply.data ? t.close : t.cancel}
            </Button>
          )}
          {file && possible && !apply.data && !running ? (
            <Button onClick={() => apply.mutate(file)}>{t.apply(format.number(changesOf(plan)))}</Button>
          ) : null}
        </div>
      </div>
    </Drawer>
  )
}

/** How an import ended that brought nothing. */
function Ended({ error }: { error: Error | null }) {
  const t = useWords(importMessages)
  if (error === null) return null
  return error instanceof CalledOff ? (
    <Notice tone="unknown">{t.calledOff}</Notice>
  ) : (
    <Failure error={error} />
  )
}

type StartProps = Omit<ImportDrawerProps, 'onClose'> & { onFile: (file: File) => void }

function Start({ address, words, onFile }: StartProps) {
  const t = useWords(importMessages)
  return (
    <>
      <p>{words.lead}</p>
      <FileDrop
        title={t.drop}
        hint={t.dropHint}
        choose={t.choose}
        accept={accept}
        focused
        onFiles={([first]) => first && onFile(first)}
      />
      <a href={`${address}/export.xlsx`} download>
        {words.template}
      </a>
    </>
  )
}

type VerdictProps = { plan: ImportAnswer; applied: ImportAnswer | undefined; words: ImportWords }

/** What the file means as a whole, before and after it is applied. */
function Verdict({ plan, applied, words }: VerdictProps) {
  const t = useWords(importMessages)
  const format = useFormat()
  if (applied) {
    const { create, update } = applied.counts
    return <Notice tone="met">{words.done(format.number(create), format.number(update))}</Notice>
  }
  if (plan.counts.error > 0)
    return <Notice tone="failing">{t.faulty(format.number(plan.counts.error))}</Notice>
  const changes = changesOf(plan)
  return changes > 0 ? (
    <Notice tone="accent">{words.ready(format.number(changes))}</Notice>
  ) : (
    <Notice tone="unknown">{t.nothing}</Notice>
  )
}
