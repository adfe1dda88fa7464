import { Link } from '@tanstack/react-router'
import type { Day } from '../../kernel/day.ts'
import { cycleOn, entitiesOn, programmeServicesOn } from '../../programmes/programme.ts'
import { programmeFormMessages } from '../../programmes/web/messages.ts'
import type { ProgrammeNames } from '../../programmes/web/names.ts'
import type { ProgrammeAnswer } from '../../programmes/web/shapes.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Facts } from '../../web/ui/Facts.tsx'
import { NextAudit } from './Audit.tsx'
import { postureMessages } from './messages.ts'

// The rest is one click away, in the register of the organisation.
const mostNamed = 3

type ProgrammeFactsProps = { programme: ProgrammeAnswer; names: ProgrammeNames; day: Day }

/** What the programme is on the day in view. */
export function ProgrammeFacts({ programme, names, day }: ProgrammeFactsProps) {
  const t = useWords(postureMessages)
  const words = useWords(programmeFormMessages)
  const format = useFormat()
  const cycle = cycleOn(programme, day)
  const audit = programme.cycles
    .map((one) => one.auditOn ?? one.to)
    .filter((one) => one >= day)
    .toSorted()[0]
  const edition = names.editions.find((one) => one.key === programme.edition)
  const categories = programme.categories.map(
    (key) => edition?.categories.find((one) => one.key === key)?.titles[format.language] ?? key,
  )
  const scope = [
    ...entitiesOn(programme, day).map(names.entity),
    ...programmeServicesOn(programme, day).map(names.service),
  ].filter((name) => name !== '')
  const shown = scope.slice(0, mostNamed)
  const rest = scope.length - shown.length
  const seenAs = programme.audiences.filter((one) => one !== 'all').map((one) => words.audienceNames[one])
  return (
    <Facts
      facts={[
        {
          label: t.facts.edition,
          value: (
            <Link to="/app/frameworks/$key" params={{ key: programme.edition }}>
              {format.text(programme.editionName)}
            </Link>
          ),
        },
        ...(categories.length > 0 ? [{ label: t.facts.categories, value: format.list(categories) }] : []),
        ...(seenAs.length > 0 ? [{ label: t.facts.audiences, value: format.list(seenAs) }] : []),
        {
          label: t.facts.scope,
          value: (
            <span title={scope.join('\n')}>
              {shown.join(format.language === 'ja' ? '、' : ', ') || t.facts.none}
              {rest > 0 ? ` ${t.facts.more(format.number(rest))}` : ''}
            </span>
          ),
        },
        {
          label: t.facts.cycle,
          value: cycle ? `${format.shortDay(cycle.from)} – ${format.shortDay(cycle.to)}` : t.facts.noCycle,
        },
        { label: t.nextAudit, value: <NextAudit on={audit ?? null} day={day} /> },
        { label: t.facts.owner, value: names.person(programme.ownerId) || t.facts.none },
        ...(programme.certificateId
          ? [
              {
                label: t.facts.certificate,
                value: (
                  <Link to="/app/certificates/$id" params={{ id: programme.certificateId }}>
                    {t.facts.openCertificate}
                  </Link>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}
