import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import { call } from '../../web/client.ts'
import { useChange, useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import type { EvidenceTarget } from './EvidenceFor.tsx'
import css from './evidence.module.css'
import { evidenceMessages } from './messages.ts'
import { useNames } from './names.ts'
import type { EvidenceAnswer } from './shapes.ts'

type Proposed = {
  item: EvidenceAnswer
  given: { implementationId: Id; on: Day }[]
}

const mostShown = 3

/** What was given already and could serve here too: nobody should be asked twice for the same thing. */
export function Reuse({ target }: { target: EvidenceTarget }) {
  const t = useWords(evidenceMessages)
  const { occurrenceId, implementationId } = target
  const read = useRead<{ items: Proposed[] }>(
    '/api/evidence/proposals',
    occurrenceId ? { occurrence: occurrenceId } : { implementation: implementationId },
  )
  const again = useChange((one: EvidenceAnswer) =>
    call('POST', `/api/evidence/${one.id}/links`, {
      body: { implementationIds: [implementationId], occurrenceIds: occurrenceId ? [occurrenceId] : [] },
      version: one.version,
    }),
  )
  const found = (read.data?.items ?? [])
    .filter(({ item }) => item.abilities.includes('link'))
    .slice(0, mostShown)
  if (found.length === 0) return null
  return (
    <div className={css.reuse}>
      <h4 className={css.forTitle}>{t.reuse}</h4>
      {again.error ? <Failure error={again.error} /> : null}
      <ul>
        {found.map((one) => (
          <li key={one.item.id}>
            <Icon name="link" />
            <Words one={one} />
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${t.use}: ${one.item.title}`}
              loading={again.isPending && again.variables?.id === one.item.id}
              onClick={() => again.mutate(one.item)}
            >
              {t.use}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Words({ one: { item, given } }: { one: Proposed }) {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const names = useNames()
  const [first] = given
  const control = first ? names.control(first.implementationId) : null
  const day = format.shortDay(first?.on ?? item.collectedOn)
  return (
    <span>
      <Link to="/app/evidence/$id" params={{ id: item.id }}>
        {item.title}
      </Link>
      <small>
        {control ? t.reuseFor(`${control.code} ${format.text(control.name)}`, day) : t.reuseDay(day)}
      </small>
    </span>
  )
}
