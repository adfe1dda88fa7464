import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Column } from '../../web/table/column.ts'
import { CertificateState } from './CertificateState.tsx'
import { certificateMessages } from './messages.ts'
import type { Names } from './names.ts'
import type { CertificateAnswer } from './shapes.ts'

/** The columns of the register; keys that sort are those of the API. */
export function useCertificateColumns(names: Names): Column<CertificateAnswer>[] {
  const t = useWords(certificateMessages)
  const format = useFormat()
  const term = (row: CertificateAnswer) => row.terms.find((one) => one.id === row.termId)
  return [
    { key: 'scheme', header: t.certificate, sortable: true, cell: (row) => names.scheme(row.scheme) },
    {
      key: 'number',
      header: t.number,
      width: 130,
      sortable: true,
      cell: (row) => (row.number ? <code>{row.number}</code> : '—'),
    },
    {
      key: 'state',
      header: t.state,
      width: 130,
      sortable: true,
      cell: (row) => <CertificateState state={row.state} />,
    },
    {
      key: 'holders',
      header: t.holders,
      cell: (row) => {
        const [first, ...others] = row.currentHolders.map(names.entity)
        return first ? `${first}${others.length > 0 ? ` +${format.number(others.length)}` : ''}` : '—'
      },
    },
    { key: 'standards', header: t.standards, cell: (row) => row.standards.join(', ') || '—' },
    {
      key: 'issuer',
      header: t.issuer,
      width: 170,
      cell: (row) => format.text(term(row)?.issuer.name) || '—',
    },
    {
      key: 'expiry',
      header: t.validUntil,
      width: 160,
      sortable: true,
      cell: (row) => format.day(row.validUntil),
    },
    {
      key: 'next',
      header: t.next,
      width: 250,
      cell: (row) =>
        row.nextStep
          ? t.nextDue(
              names.step(row.nextStep.key, row.nextStep.kind),
              format.shortDay(row.nextStep.latest ?? row.nextStep.planned),
            )
          : '—',
    },
  ]
}
