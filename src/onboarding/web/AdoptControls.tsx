import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { LibraryAnswer } from '../../frameworks/web/shapes.ts'
import { call } from '../../web/client.ts'
import { useChange, useRead, useReadNow } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import { onboardingMessages } from './messages.ts'
import css from './onboarding.module.css'

// As many as one command takes.
const mostAtOnce = 200

/** Takes over the common controls that reach something in the editions of running programmes and are not here yet. */
export function AdoptControls({ editions }: { editions: ReadonlySet<string> }) {
  const t = useWords(onboardingMessages)
  const format = useFormat()
  const library = useRead<LibraryAnswer>('/api/library')
  const adopted = useReadNow<{ libraryIds: string[] }>('/api/controls/adopted')
  const adopt = useChange(async (ids: readonly string[]) => {
    for (let at = 0; at < ids.length; at += mostAtOnce)
      await call('POST', '/api/controls/adopt', { body: { controls: ids.slice(at, at + mostAtOnce) } })
  })
  if (editions.size === 0) return <p className="quiet">{t.frameworks.none}</p>
  return (
    <Loaded read={library}>
      {({ controls, domains }) => (
        <Loaded read={adopted}>
          {({ libraryIds }) => {
            const here = new Set(libraryIds)
            const needed = controls.filter(
              ({ id, links }) =>
                !here.has(id) && links.some((one) => editions.has(one.edition) && one.requirements > 0),
            )
            if (needed.length === 0)
              return (
                <Notice tone="met" calm action={<Link to="/app/controls">{t.completeLink}</Link>}>
                  {t.frameworks.all}
                </Notice>
              )
            const count = format.number(needed.length)
            return (
              <>
                <p>{t.frameworks.controlsText(count)}</p>
                <ul className={css.domains}>
                  {domains.map((domain) => {
                    const of = needed.filter((one) => one.domain === domain.id).length
                    return of === 0 ? null : (
                      <li key={domain.id}>
                        {domain.title[format.language]}{' '}
                        <span className="quiet tabular">{format.number(of)}</span>
                      </li>
                    )
                  })}
                </ul>
                {adopt.error ? <Failure error={adopt.error} /> : null}
                <div className={css.act}>
                  <Button loading={adopt.isPending} onClick={() => adopt.mutate(needed.map(({ id }) => id))}>
                    {t.frameworks.adopt(count)}
                  </Button>
                </div>
              </>
            )
          }}
        </Loaded>
      )}
    </Loaded>
  )
}
