import { Select } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { State } from '../../web/ui/State.tsx'
import css from './context.module.css'
import { scopeMessages } from './scope-messages.ts'
import { scopeTones } from './scope-tones.ts'
import type { ScopeVersion } from './shapes.ts'

type VersionListProps = { versions: readonly ScopeVersion[]; shown: ScopeVersion; against: string | null }

/** All versions, newest first; the address names the one in view and the one that it is compared with. */
export function VersionList({ versions, shown, against }: VersionListProps) {
  const t = useWords(scopeMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const go = (part: { version?: string; against?: string | undefined }) =>
    navigate({ to: '.', search: (before: object) => ({ ...before, ...part }) })
  const others = versions.filter((one) => one.id !== shown.id)
  return (
    <nav className={css.body} aria-label={t.versions}>
      <div>
        <h2>{t.versions}</h2>
        <ul className={css.versions}>
          {versions.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className={css.version}
                aria-current={one.id === shown.id}
                onClick={() => go({ version: one.id })}
              >
                <span>{t.versionFrom(format.number(one.number), format.shortDay(one.effectiveFrom))}</span>
                <State tone={scopeTones[one.state]}>{t.states[one.state]}</State>
              </button>
            </li>
          ))}
        </ul>
      </div>
      {others.length > 0 ? (
        <Select
          label={t.compare}
          data={[
            { value: '', label: t.nothing },
            ...others.map((one) => ({ value: one.id, label: t.version(format.number(one.number)) })),
          ]}
          value={against ?? ''}
          onChange={(id) => go({ against: id || undefined })}
        />
      ) : null}
    </nav>
  )
}
