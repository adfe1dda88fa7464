import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { assetMessages } from '../../assets/web/messages.ts'
import type { AssetAnswer } from '../../assets/web/shapes.ts'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { onboardingMessages } from './messages.ts'
import css from './onboarding.module.css'
import { RiskDraft } from './RiskDraft.tsx'

const questions = ['confidentiality', 'integrity', 'availability'] as const

type Question = (typeof questions)[number]

/** Three questions, each answered with an asset, and for each answer a scenario to be put into own words. */
export function RisksStep({ assets, risks }: { assets: number; risks: number }) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  return (
    <>
      {risks > 0 ? (
        <p>
          {t.risks.count(format.number(risks))} <Link to="/app/risks">{t.risks.all}</Link>
        </p>
      ) : null}
      {assets === 0 ? (
        <Notice
          tone="unknown"
          calm
          action={
            <Link to="/app/start" search={(before: object) => ({ ...before, step: 'assets' })}>
              {t.risks.toAssets}
            </Link>
          }
        >
          {t.risks.needsAssets}
        </Notice>
      ) : (
        <ol className={css.questions}>
          {questions.map((question) => (
            <li key={question}>
              <Asked question={question} />
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

// As many as a list shows without being searched.
const mostListed = 50

function Asked({ question }: { question: Question }) {
  const t = useWords(onboardingMessages)
  const words = useWords(assetMessages)
  const format = useFormat()
  const [asset, setAsset] = useState<AssetAnswer | null>(null)
  const [typed, setTyped] = useState('')
  const [code, setCode] = useState<string | null>(null)
  const [text] = useDebouncedValue(asset && typed === format.text(asset.name) ? '' : typed.trim(), 150)
  const found =
    useRead<{ items: AssetAnswer[] }>('/api/assets', { text, limit: mostListed }).data?.items ?? []
  const shown = asset && !found.some((one) => one.id === asset.id) ? [asset, ...found] : found
  const answer = (id: string | null) => {
    setAsset(shown.find((one) => one.id === id) ?? null)
    setCode(null)
  }
  return (
    <>
      <h3>{t.risks.questions[question]}</h3>
      <Select
        label={t.risks.answer}
        placeholder={t.risks.choose}
        nothingFoundMessage={t.risks.noAsset}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t.risks.discard }}
        data={shown.map((one) => ({
          value: one.id,
          label: `${format.text(one.name)} · ${words.kinds[one.kind]}`,
        }))}
        // The server has searched already.
        filter={({ options }) => options}
        onSearchChange={setTyped}
        value={asset?.id ?? null}
        onChange={answer}
      />
      {code ? <Notice tone="met">{t.risks.kept(code)}</Notice> : null}
      {asset ? (
        <RiskDraft
          key={asset.id}
          asset={asset}
          property={question}
          onDiscard={() => setAsset(null)}
          onKept={(kept) => {
            setAsset(null)
            setCode(kept)
          }}
        />
      ) : null}
    </>
  )
}
