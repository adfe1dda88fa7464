import { Button } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { usePlaces } from '../../controls/web/names.ts'
import { useRead } from '../../web/data.ts'
import { ExportMenu } from '../../web/exchange/ExportMenu.tsx'
import { useMayNow } from '../../web/frame/me.ts'
import { useOpen } from '../../web/frame/open.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { RegisterTable } from '../../web/table/RegisterTable.tsx'
import { SearchField, useSearchText } from '../../web/table/SearchField.tsx'
import { usePagedSource } from '../../web/table/source.ts'
import { useView } from '../../web/table/view.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import { useRiskColumns } from './columns.tsx'
import { exchangeMessages } from './exchange-messages.ts'
import { filtersIn, useRiskFilters } from './filters.ts'
import { riskMessages } from './messages.ts'
import { Pages } from './Pages.tsx'
import { RiskBulk } from './RiskBulk.tsx'
import type { Methods, RiskAnswer } from './shapes.ts'

// The forms are larger than the register, and most visits never open them.
const RiskForm = lazy(() => import('./RiskForm.tsx'))
const ImportDrawer = lazy(() => import('../../web/exchange/ImportDrawer.tsx'))

/** The register of risks, narrowed by chips or by the address that led here. */
export function RisksPage() {
  const t = useWords(riskMessages)
  const exchange = useWords(exchangeMessages)
  const format = useFormat()
  const may = useMayNow()
  const navigate = useNavigate()
  const places = usePlaces()
  const { open, show } = useOpen<'new' | 'import'>()
  const [given] = useState(filtersIn(useSearch({ strict: false })))
  const search = useSearchText()
  const view = useView('risks', {
    ...{ sort: { key: 'level', descending: true }, filters: given },
    hidden: ['current', 'entity'],
  })
  const query = { ...view.view.filters, text: search.text }
  const source = usePagedSource<RiskAnswer>('/api/risks', { ...view.query, text: search.text })
  const methods = useRead<Methods>('/api/risk-methods').data?.items ?? []
  const inForce = methods.find((one) => one.inForce) ?? null
  const filters = useRiskFilters(
    {
      method: methods.find((one) => one.id === view.view.filters.method) ?? inForce,
      entities: places.entities.map((one) => ({ value: one.id, label: format.text(one.name) })),
      owner: view.view.filters.owner,
    },
    {
      ...{ asset: given.asset ?? null, control: given.control ?? null },
      ...{ obligation: given.obligation ?? null, method: given.method ?? null },
    },
  )
  const create = may('risk.create') ? (
    <Button leftSection={<Icon name="plus" />} onClick={() => show('new')}>
      {t.create}
    </Button>
  ) : null
  return (
    <Page
      title={t.title}
      wide
      beside={source.loading ? null : <Count>{format.number(source.total)}</Count>}
      actions={
        <>
          <SearchField label={t.search} search={search} width={220} />
          <ExportMenu address="/api/risks" query={query} words={exchange} count={source.total} />
          {may('risk.import') ? (
            <Button variant="default" leftSection={<Icon name="upload" />} onClick={() => show('import')}>
              {t.import}
            </Button>
          ) : null}
          {create}
        </>
      }
    >
      <Pages here="register" />
      <RegisterTable
        caption={t.title}
        columns={useRiskColumns(places.entity)}
        filters={filters}
        source={source}
        view={view}
        idOf={(row) => row.id}
        nameOf={(row) => `${row.code} ${format.text(row.name)}`}
        to={(row) => `/app/risks/${row.id}`}
        bulk={(rows, clear) => <RiskBulk rows={rows} clear={clear} />}
        empty={
          <Empty title={t.empty} action={inForce ? create : <Link to="/app/risks/method">{t.toMethod}</Link>}>
            {inForce ? t.emptyText : t.emptyNoMethod}
          </Empty>
        }
      />
      <Suspense fallback={null}>
        {open === 'new' && may('risk.create') ? (
          <RiskForm
            risk={null}
            onClose={() => show()}
            onSaved={(id) => navigate({ to: '/app/risks/$id', params: { id } })}
          />
        ) : null}
        {open === 'import' && may('risk.import') ? (
          <ImportDrawer address="/api/risks" words={exchange} onClose={() => show()} />
        ) : null}
      </Suspense>
    </Page>
  )
}
