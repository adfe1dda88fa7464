import { Button, Drawer, FileButton, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useChange } from '../data.ts'
import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { FileDrop } from '../ui/FileDrop.tsx'
import { Icon } from '../ui/icons.tsx'
import { Failure, Notice } from '../ui/Notice.tsx'
import css from './exchange.module.css'
import { ImportRows } from './ImportRows.tsx'
import { type ChosenFile, chosen, type ImportAnswer, importFile } from './import-file.ts'
import { importMessages } from './messages.ts'
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
  const examine = useMutation({
    mutationFn: (one: ChosenFile) => importFile({ address, file: one, mode: 'dry-run' }),
  })
  const apply = useChange((one: ChosenFile) => importFile({ address, file: one, mode: 'apply', reason }))
  const take = async (given: File) => {
    const one = await chosen(given)
    setFile(one)
    apply.reset()
    examine.mutate(one)
  }
  const plan = examine.data
  const possible = plan !== undefined && plan.counts.error === 0 && changesOf(plan) > 0
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
              {apply.data ? null : (
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
          {examine.isPending ? <Working text={t.reading} /> : null}
          {apply.isPending && plan ? <Working text={t.importing(format.number(changesOf(plan)))} /> : null}
          {examine.error ? <Failure error={examine.error} /> : null}
          {apply.error ? <Failure error={apply.error} /> : null}
          {plan ? <Verdict plan={plan} applied={apply.data} words={words} /> : null}
          {possible && !apply.data ? (
            <TextInput
              label={t.reason}
              description={t.reasonHint}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          ) : null}
          {plan ? <ImportRows answer={apply.data ?? plan} words={words} /> : null}
        </div>
        <div className={css.footer}>
          <Button variant="default" onClick={onClose}>
            {apply.data ? t.close : t.cancel}
          </Button>
          {file && possible && !apply.data ? (
            <Button loading={apply.isPending} onClick={() => apply.mutate(file)}>
              {t.apply(format.number(changesOf(plan)))}
            </Button>
          ) : null}
        </div>
      </div>
    </Drawer>
  )
}

/** Something under way: what, and for how long. It ends as a whole, so there is no share of it to show. */
function Working({ text }: { text: string }) {
  const t = useWords(importMessages)
  const format = useFormat()
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <div className={css.progress} role="status">
      <progress aria-label={text} />
      <span>
        {text} <span className="quiet tabular">{seconds > 1 ? t.seconds(format.number(seconds)) : null}</span>
      </span>
    </div>
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
