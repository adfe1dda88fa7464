import type { Day } from '../../kernel/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column } from '../../web/table/column.ts'
import { EvidenceState } from './EvidenceState.tsx'
import css from './evidence.module.css'
import { evidenceMessages } from './messages.ts'
import type { Names } from './names.ts'
import type { EvidenceAnswer } from './shapes.ts'
import { useAbout, useDaysLeft } from './validity.ts'

/** The columns of the library; keys that sort are those of the API. */
export function useEvidenceColumns(names: Names, day: Day): Column<EvidenceAnswer>[] {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const about = useAbout()
  const daysLeft = useDaysLeft()
  const linked = useLinked(names)
  return [
    { key: 'title', header: t.item, sortable: true, cell: (row) => row.title },
    { key: 'about', header: t.about, width: 224, sortable: true, cell: about },
    {
      key: 'state',
      header: t.state,
      width: 146,
      cell: (row) => <EvidenceState one={row} />,
    },
    {
      key: 'validity',
      header: t.validity,
      width: 180,
      sortable: true,
      cell: (row) => (
        <span className={css.two}>
          {format.shortDay(row.validUntil)}
          {['valid', 'tolerance', 'expired', 'awaiting'].includes(row.state) ? (
            <span className="quiet">{daysLeft(row.validUntil, day)}</span>
          ) : null}
        </span>
      ),
    },
    { key: 'linked', header: t.linkedTo, width: 160, cell: linked },
    { key: 'entity', header: t.entity, width: 140, cell: (row) => names.entity(row.entityId) || '—' },
    { key: 'source', header: t.source, width: 150, cell: (row) => t.sources[row.source] },
    {
      key: 'reviewer',
      header: t.reviewer,
      width: 150,
      cell: (row) => (row.review ? names.person(row.review.personId) || t.verdicts[row.review.verdict] : '—'),
    },
    {
      key: 'collected',
      header: t.collected,
      width: 130,
      sortable: true,
      cell: (row) => format.shortDay(row.collectedOn),
    },
  ]
}

/** What an item is for, short: the codes of its controls, and how many of everything else. */
function useLinked(names: Names): (row: EvidenceAnswer) => string {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  return (row) => {
    const codes = [...new Set(row.implementationIds.map((id) => names.control(id)?.code ?? ''))].filter(
      Boolean,
    )
    const others = codes.length > 2 ? [t.more(format.number(codes.length - 2))] : []
    const parts = [
      ...codes.slice(0, 2),
      ...others,
      ...(row.occurrenceIds.length > 0
        ? [row.occurrenceIds.length === 1 ? t.task : t.tasks(format.number(row.occurrenceIds.length))]
        : []),
      ...(row.requirements.length > 0
        ? [
            row.requirements.length === 1
              ? t.requirementOne
              : t.requirementsCount(format.number(row.requirements.length)),
          ]
        : []),
      ...(row.assetIds.length > 0
        ? [row.assetIds.length === 1 ? t.assetOne : t.assetsCount(format.number(row.assetIds.length))]
        : []),
    ]
    return parts.join(' · ') || '—'
  }
}
