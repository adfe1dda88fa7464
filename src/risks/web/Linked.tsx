import { Link } from '@tanstack/react-router'
import { useMay } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Section } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import { riskMessages } from './messages.ts'
import css from './risks.module.css'
import type { Linked as One, RiskRecord } from './shapes.ts'

/** Controls by code and name, each a way to its page. */
export function ControlLinks({ controls }: { controls: RiskRecord['controls'] }) {
  const t = useWords(riskMessages)
  const format = useFormat()
  if (controls.length === 0) return null
  return (
    <div className={css.links}>
      {controls.map((one) => (
        <Link key={one.id} to="/app/controls/$id" params={{ id: one.id }}>
          <code>{one.key}</code> {format.text(one.name)}{' '}
          {one.retiredOn ? <State tone="none">{t.links.retired}</State> : null}
        </Link>
      ))}
    </div>
  )
}

type NamesProps = {
  title: string
  all: readonly (One & { endedOn?: string | null })[]
  to: (one: One) => string
}

function Names({ title, all, to }: NamesProps) {
  const t = useWords(riskMessages)
  const format = useFormat()
  return (
    <Section title={title}>
      {all.length === 0 ? (
        <p className="quiet">{t.links.none}</p>
      ) : (
        <div className={css.links}>
          {all.map((one) => (
            <Link key={one.id} to={to(one)}>
              {format.text(one.name)} {one.endedOn ? <State tone="none">{t.links.ended}</State> : null}
            </Link>
          ))}
        </div>
      )}
    </Section>
  )
}

/** What a risk is about, and what it endangers. */
export function Linked({ risk }: { risk: RiskRecord }) {
  const t = useWords(riskMessages)
  const may = useMay()
  return (
    <>
      {may('asset.read') ? (
        <Names title={t.assets} all={risk.assets} to={(one) => `/app/assets/${one.id}`} />
      ) : null}
      <Section title={t.controls}>
        {risk.controls.length === 0 ? <p className="quiet">{t.links.none}</p> : null}
        <ControlLinks controls={risk.controls} />
      </Section>
      <Names title={t.issues} all={risk.issues} to={() => '/app/context?tab=issues'} />
      <Names title={t.obligations} all={risk.obligations} to={() => '/app/context?tab=obligations'} />
    </>
  )
}
