import { Button } from '@mantine/core'
import type { AssetAnswer } from '../../assets/web/shapes.ts'
import type { Language, LocalText } from '../../kernel/language.ts'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import type { Risk } from '../../risks/risk.ts'
import { call } from '../../web/client.ts'
import { LocalTextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Doing } from '../../web/ui/Doing.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import { suggested } from '../scenarios.ts'
import { onboardingMessages } from './messages.ts'
import css from './onboarding.module.css'

type RiskDraftProps = {
  asset: AssetAnswer
  property: Risk['affects'][number]
  onDiscard: () => void
  onKept: (code: string) => void
}

type Draft = { name: LocalText; scenario: LocalText; ownerId: string | null }

// Only in the reader's language: the other would stay a suggestion that nobody has read.
const only = (text: LocalText, language: Language): LocalText => ({ [language]: text[language] ?? '' })

const same = (a: LocalText, b: LocalText) =>
  (['en', 'ja'] as const).every((language) => (a[language] ?? '').trim() === (b[language] ?? '').trim())

/** A suggested scenario, to be put into own words; as it came it cannot be kept. */
export function RiskDraft({ asset, property, onDiscard, onKept }: RiskDraftProps) {
  const t = useWords(onboardingMessages)
  const { language } = useFormat()
  const me = useMe().data
  const suggestion = suggested(asset.kind, property, asset.name)
  const scenario = only(suggestion.scenario, language)
  const form = useForm<Draft, Risk>({
    initial: {
      name: only(suggestion.name, language),
      scenario,
      ownerId: asset.ownerId ?? me?.person?.id ?? null,
    },
    save: (draft, idempotencyKey) =>
      call('POST', '/api/risks', {
        body: {
          ...draft,
          ...{ code: null, approach: 'asset', threat: null, vulnerability: null, affects: [property] },
          ...{ entityId: asset.entityId, serviceIds: [], assetIds: [asset.id], issueIds: [] },
          ...{ obligationIds: [], identifiedOn: me?.today ?? '', reviewMonths: null, quantity: null },
        },
        idempotencyKey,
      }),
    onSaved: ({ code }) => onKept(code),
  })
  const { values, set, error } = form
  const isUnchanged = same(values.scenario, scenario)
  return (
    <section className={css.draft} aria-label={t.risks.draft}>
      <p>
        <strong>{t.risks.draft}</strong> <span className="quiet">{t.risks.draftText}</span>
      </p>
      {form.problem ? <Failure error={form.problem} shown={Object.keys(values)} /> : null}
      <LocalTextField
        label={t.risks.name}
        value={values.name}
        onChange={(name) => set('name', name)}
        error={error('/name')}
      />
      <LocalTextField
        label={t.risks.scenario}
        hint={t.risks.scenarioHint}
        lines
        value={values.scenario}
        onChange={(text) => set('scenario', text)}
        error={error('/scenario')}
      />
      <PersonSelect
        label={t.risks.owner}
        nobody={t.risks.nobody}
        value={values.ownerId}
        already={[asset.owner]}
        onChange={(ownerId) => set('ownerId', ownerId)}
        error={error('/ownerId')}
      />
      <div className={css.act}>
        <Doing reason={isUnchanged ? t.risks.change : null} onClick={form.submit}>
          {t.risks.keep}
        </Doing>
        <Button variant="default" onClick={onDiscard}>
          {t.risks.discard}
        </Button>
        {isUnchanged ? <span className="quiet">{t.risks.change}</span> : null}
      </div>
    </section>
  )
}
