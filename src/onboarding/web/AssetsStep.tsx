import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AssetKind } from '../../assets/asset.ts'
import { exchangeMessages } from '../../assets/web/exchange-messages.ts'
import { assetMessages } from '../../assets/web/messages.ts'
import type { EntityAnswer, List } from '../../organisation/web/shapes.ts'
import { useChange, useRead } from '../../web/data.ts'
import { ImportRows } from '../../web/exchange/ImportRows.tsx'
import { applying, examining, ImportWorking } from '../../web/exchange/ImportWorking.tsx'
import type { ChosenFile, ImportAnswer } from '../../web/exchange/import-file.ts'
import { useImport } from '../../web/exchange/useImport.ts'
import { ChoiceField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { assetsPasted } from '../pasted-assets.ts'
import { onboardingMessages } from './messages.ts'
import css from './onboarding.module.css'
import { PasteField } from './Pasted.tsx'

const kinds: readonly AssetKind[] = ['information', 'system', 'service', 'site', 'supplier', 'people']

const changesOf = ({ counts }: ImportAnswer) => counts.create + counts.update

const address = '/api/assets'

/** Rows are numbered as they were pasted, without the heading that was put before them. */
const asPasted = (plan: ImportAnswer, headed: boolean): ImportAnswer =>
  headed ? plan : { ...plan, rows: plan.rows.map((row) => ({ ...row, row: row.row - 1 })) }

/** Assets from pasted cells: first what each row would do, then all of them or nothing. */
export function AssetsStep({ count }: { count: number }) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  const entities = useRead<List<EntityAnswer>>('/api/entities')
  const places = entities.data?.items ?? []
  return (
    <>
      {count > 0 ? (
        <p>
          {t.assets.count(format.number(count))} <Link to="/app/assets">{t.assets.all}</Link>
        </p>
      ) : null}
      {entities.data && places.length === 0 ? (
        <Notice tone="unknown">{t.assets.needsEntity}</Notice>
      ) : (
        <Paste places={places} />
      )}
      <p>
        <Link to="/app/assets" search={(before: object) => ({ ...before, open: 'import' })}>
          {t.assets.file}
        </Link>
      </p>
    </>
  )
}

function Paste({ places }: { places: readonly EntityAnswer[] }) {
  const t = useWords(onboardingMessages)
  const words = useWords(assetMessages)
  const format = useFormat()
  const [text, setText] = useState('')
  const [kind, setKind] = useState<AssetKind>('system')
  const [chosen, setChosen] = useState<string | null>(null)
  const top = places.find((one) => one.parentId === null) ?? places[0]
  const entity = chosen ?? top?.key ?? ''
  const pasted = assetsPasted(text, { kind, entity })
  const { start, progress, leaving } = useImport()
  const examine = useMutation({
    mutationFn: (file: ChosenFile) => start({ address, file, mode: 'dry-run' }),
  })
  const apply = useChange((file: ChosenFile) => start({ address, file, mode: 'apply' }))
  // What was looked at is what is imported; another list, or another choice beside it, is looked at anew.
  const anew = <Value,>(set: (value: Value) => void) => {
    return (value: Value) => {
      set(value)
      examine.reset()
      apply.reset()
    }
  }
  const look = () => {
    apply.reset()
    if (pasted !== null) examine.mutate({ name: 'assets.tsv', bytes: new Blob([pasted.table]) })
  }
  const take = () => {
    const file = examine.variables
    if (file) apply.mutate(file, { onSuccess: () => setText('') })
  }
  return (
    <>
      <PasteField
        label={t.assets.list}
        hint={t.assets.hint}
        example={t.assets.example}
        value={text}
        onChange={anew(setText)}
      />
      <div className={css.two}>
        <ChoiceField
          label={t.assets.kind}
          value={kind}
          options={kinds.map((value) => ({ value, label: words.kinds[value] }))}
          onChange={anew(setKind)}
        />
        {places.length > 1 ? (
          <ChoiceField
            label={t.assets.entity}
            value={entity}
            options={places.map((one) => ({ value: one.key, label: format.text(one.name) }))}
            onChange={anew(setChosen)}
          />
        ) : null}
      </div>
      {pasted === null ? <Notice tone="failing">{t.assets.headings}</Notice> : null}
      <div className={css.act}>
        <Button
          variant={examine.data ? 'default' : 'filled'}
          disabled={text.trim() === '' || pasted === null}
          loading={examine.isPending}
          onClick={look}
        >
          {t.assets.look}
        </Button>
      </div>
      {examine.isPending || apply.isPending ? (
        <ImportWorking
          progress={progress}
          stages={apply.isPending ? applying : examining}
          leaving={leaving}
        />
      ) : null}
      {examine.error ? <Failure error={examine.error} /> : null}
      {apply.error ? <Failure error={apply.error} /> : null}
      {examine.data ? (
        <Examined
          plan={asPasted(examine.data, pasted?.headed ?? true)}
          applied={apply.data}
          pending={apply.isPending}
          onTake={take}
        />
      ) : null}
    </>
  )
}

type ExaminedProps = {
  plan: ImportAnswer
  applied: ImportAnswer | undefined
  pending: boolean
  onTake: () => void
}

function Examined({ plan, applied, pending, onTake }: ExaminedProps) {
  const t = useWords(onboardingMessages)
  const exchange = useWords(exchangeMessages)
  const format = useFormat()
  const changes = changesOf(plan)
  if (applied) {
    const { create, update } = applied.counts
    return <Notice tone="met">{exchange.done(format.number(create), format.number(update))}</Notice>
  }
  return (
    <>
      {plan.counts.error > 0 ? <Notice tone="failing">{t.assets.faulty}</Notice> : null}
      {plan.counts.error === 0 && changes === 0 ? <Notice tone="unknown">{t.assets.nothing}</Notice> : null}
      <ImportRows answer={plan} words={exchange} />
      {plan.counts.error === 0 && changes > 0 ? (
        <div className={css.act}>
          <Button loading={pending} onClick={onTake}>
            {t.assets.import(format.number(changes))}
          </Button>
        </div>
      ) : null}
    </>
  )
}
