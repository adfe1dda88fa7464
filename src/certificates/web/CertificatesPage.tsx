import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { ExportMenu } from '../../web/exchange/ExportMenu.tsx'
import { useMayNow } from '../../web/frame/me.ts'
import { useOpen } from '../../web/frame/open.ts'
import { useEntityScope } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import type { Filter } from '../../web/table/column.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { SearchField, useSearchText } from '../../web/table/SearchField.tsx'
import { usePagedSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import type { CertificateState } from '../cycle.ts'
import { BulkActions } from './BulkActions.tsx'
import { useCertificateColumns } from './columns.tsx'
import { exchangeMessages } from './exchange-messages.ts'
import { certificateMessages } from './messages.ts'
import { useNames } from './names.ts'
import { registerMessages } from './register-messages.ts'
import type { CertificateAnswer } from './shapes.ts'

// The forms are larger than the register, and most visits never open them.
const ImportDrawer = lazy(() => import('../../web/exchange/ImportDrawer.tsx'))
const RegisterForm = lazy(() => import('./RegisterForm.tsx'))

/** The register of certificates, reports, registrations and self-assessments. */
export function CertificatesPage() {
  const t = useWords(certificateMessages)
  const exchange = useWords(exchangeMessages)
  const words = useWords(registerMessages)
  const format = useFormat()
  const names = useNames()
  const may = useMayNow()
  const navigate = useNavigate()
  const entity = useEntityScope()
  const { open, show } = useOpen()
  const search = useSearchText()
  const { text } = search
  const view = useView('certificates', {
    sort: { key: 'expiry', descending: false },
    hidden: ['issuer', 'standards'],
  })
  // What is held below the entity in view counts too, unless the reader means it alone.
  const exactly = entity ? view.view.filters.exactly : undefined
  const shown = { ...view.view.filters, exactly, entity, text }
  const source = usePagedSource<CertificateAnswer>('/api/certificates', {
    ...view.query,
    exactly,
    entity,
    text,
  })
  const columns = useCertificateColumns(names)
  const register = may('certificate.register') ? (
    <Button leftSection={<Icon name="plus" />} onClick={() => show('new')}>
      {t.register}
    </Button>
  ) : null
  const filters: Filter<CertificateAnswer>[] = [
    ...(entity
      ? [{ key: 'exactly', label: words.entity, options: [{ value: 'true', label: words.exactly }] }]
      : []),
    {
      key: 'state',
      label: t.state,
      options: (Object.keys(t.states) as CertificateState[]).map((value) => ({
        value,
        label: t.states[value],
      })),
    },
    {
      key: 'kind',
      label: t.kind,
      options: (['certificate', 'attestation-report', 'registration', 'self-assessment'] as const).map(
        (value) => ({ value, label: t.kinds[value] }),
      ),
    },
    {
      key: 'scheme',
      label: t.scheme,
      options: names.schemes.map((one) => ({ value: one.key, label: format.text(one.name) })),
    },
  ]
  return (
    <Page
      title={t.title}
      wide
      beside={source.loading ? null : <Count>{format.number(source.total)}</Count>}
      actions={
        <>
          <SearchField label={words.search} search={search} width={280} />
          <ExportMenu address="/api/certificates" query={shown} words={exchange} count={source.total} />
          {may('certificate.import') ? (
            <Button variant="default" leftSection={<Icon name="upload" />} onClick={() => show('import')}>
              {exchange.import}
            </Button>
          ) : null}
          {register}
        </>
      }
    >
      <RegisterTable
        caption={t.title}
        columns={columns}
        filters={filters}
        source={source}
        view={view}
        idOf={(row) => row.id}
        nameOf={(row) => `${names.scheme(row.scheme)} ${row.number ?? ''}`}
        to={(row) => `/app/certificates/${row.id}`}
        bulk={(rows, clear) => <BulkActions rows={rows} names={names} clear={clear} />}
        empty={
          <Empty title={t.empty} action={register}>
            {t.emptyText}
          </Empty>
        }
      />
      {open === 'import' && may('certificate.import') ? (
        <Suspense fallback={null}>
          <ImportDrawer address="/api/certificates" words={exchange} onClose={() => show()} />
        </Suspense>
      ) : null}
      {open === 'new' && names.schemes.length > 0 ? (
        <Suspense fallback={null}>
          <RegisterForm
            names={names}
            onClose={() => show()}
            onSaved={(id) => navigate({ to: '/app/certificates/$id', params: { id } })}
          />
        </Suspense>
      ) : null}
    </Page>
  )
}
