import type { ProgrammeNames } from '../../programmes/web/names.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Plain } from '../../web/ui/Plain.tsx'
import css from './context.module.css'
import { scopeMessages } from './scope-messages.ts'
import type { ScopeVersion } from './shapes.ts'

/** What one version says. */
export function ScopeBody({ one, names }: { one: ScopeVersion; names: ProgrammeNames }) {
  const t = useWords(scopeMessages)
  const format = useFormat()
  return (
    <div className={css.body}>
      <section>
        <h2>{t.scope}</h2>
        <p className={css.prose}>{format.text(one.scope)}</p>
      </section>
      {one.boundaries ? (
        <section>
          <h2>{t.boundaries}</h2>
          <p className={css.prose}>{format.text(one.boundaries)}</p>
        </section>
      ) : null}
      <section>
        <h2>{t.entities}</h2>
        <ul className={css.tags}>
          {one.entityIds.map((id) => (
            <li key={id}>{names.entity(id)}</li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{t.services}</h2>
        {one.serviceIds.length === 0 ? <p className="quiet">{t.noServices}</p> : null}
        <ul className={css.tags}>
          {one.serviceIds.map((id) => (
            <li key={id}>{names.service(id)}</li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{t.interfaces}</h2>
        {one.interfaces.length === 0 ? (
          <p className="quiet">{t.noInterfaces}</p>
        ) : (
          <Plain caption={t.interfaces} head={[t.name, t.with, t.what]}>
            {one.interfaces.map((each) => (
              <tr key={JSON.stringify(each)}>
                <td>{format.text(each.name)}</td>
                <td>{format.text(each.with)}</td>
                <td>{format.text(each.description)}</td>
              </tr>
            ))}
          </Plain>
        )}
      </section>
      <section>
        <h2>{t.exclusions}</h2>
        {one.exclusions.length === 0 ? (
          <p className="quiet">{t.noExclusions}</p>
        ) : (
          <Plain caption={t.exclusions} head={[t.exclusion, t.justification]}>
            {one.exclusions.map((each) => (
              <tr key={JSON.stringify(each)}>
                <td>{format.text(each.what)}</td>
                <td>{format.text(each.justification)}</td>
              </tr>
            ))}
          </Plain>
        )}
      </section>
    </div>
  )
}
