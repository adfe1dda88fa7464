import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Page } from '../../kernel/page.ts'
import { call } from '../../web/client.ts'
import { useChange, useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import { useDay } from './day.ts'
import type { EvidenceTarget } from './EvidenceFor.tsx'
import css from './evidence.module.css'
import { evidenceMessages } from './messages.ts'
import { useNames } from './names.ts'
import { proposals } from './proposals.ts'
import type { EvidenceAnswer } from './shapes.ts'

type ReuseProps = { target: EvidenceTarget; attached: readonly EvidenceAnswer[] }

/** What was given already for the same days: nobody should be asked twice for the same thing. */
export function Reuse({ target, attached }: ReuseProps) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const names = useNames()
  const day = useDay()
  const period = target.period ?? { from: day, to: day }
  const read = useRead<Page<EvidenceAnswer>>('/api/evidence', {
    entity: target.entityId,
    from: period.from,
    to: period.to,
    replaced: 'no',
    sort: 'collected',
    limit: 100,
  })
  const again = useChange((one: EvidenceAnswer) =>
    call('POST', `/api/evidence/${one.id}/links`, {
      body: {
        implementationIds: [target.implementationId],
        occurrenceIds: target.occurrenceId ? [target.occurrenceId] : [],
      },
      version: one.version,
    }),
  )
  const found = proposals(
    read.data?.items ?? [],
    { ...target, controlId: controlOf(names, target.implementationId) },
    attached.map(({ id }) => id),
    (id) => names.control(id)?.id ?? null,
  )
  if (found.length === 0) return null
  return (
    <div className={css.reuse}>
      <h4 className={css.forTitle}>{t.reuse}</h4>
      {again.error ? <Failure error={again.error} /> : null}
      <ul>
        {found.map((one) => {
          const of = one.implementationIds.map(names.control).find(Boolean)
          const collected = format.shortDay(one.collectedOn)
          return (
            <li key={one.id}>
              <Icon name="link" />
              <span>
                <Link to="/app/evidence/$id" params={{ id: one.id }}>
                  {one.title}
                </Link>
                <small>
                  {of ? t.reuseFor(`${of.code} ${format.text(of.name)}`, collected) : t.reuseDay(collected)}
                </small>
              </span>
              <Button
                size="compact-sm"
                variant="default"
                loading={again.isPending && again.variables?.id === one.id}
                onClick={() => again.mutate(one)}
              >
                {t.use}
              </Button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

const controlOf = (names: ReturnType<typeof useNames>, implementationId: string): string | null =>
  names.control(implementationId)?.id ?? null
