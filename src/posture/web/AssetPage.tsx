import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import styles from '../../assets/web/assets.module.css'
import { Owner } from '../../assets/web/columns.tsx'
import { assetMessages } from '../../assets/web/messages.ts'
import { NearList } from '../../assets/web/Near.tsx'
import { usePlaceNames } from '../../assets/web/names.ts'
import { useScale } from '../../assets/web/scale.ts'
import type { AssetRecord } from '../../assets/web/shapes.ts'
import { spanText } from '../../assets/web/words.ts'
import { RecordHistory } from '../../log/web/RecordHistory.tsx'
import { useRead } from '../../web/data.ts'
import { useMay } from '../../web/frame/me.ts'
import { useOpen } from '../../web/frame/open.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Facts } from '../../web/ui/Facts.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Page, Section } from '../../web/ui/Page.tsx'
import { RecordTabs } from '../../web/ui/RecordTabs.tsx'
import { State } from '../../web/ui/State.tsx'
import { AssetRisks } from './AssetRisks.tsx'
import { AssetWorth } from './AssetWorth.tsx'

const AssetForm = lazy(() => import('../../assets/web/AssetForm.tsx'))

export function AssetPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const read = useRead<AssetRecord>(`/api/assets/${id}`)
  return <Loaded read={read}>{(asset) => <Record asset={asset} />}</Loaded>
}

/** One asset: what it is worth and why, what protects it, what it needs and what needs it. */
function Record({ asset }: { asset: AssetRecord }) {
  const t = useWords(assetMessages)
  const format = useFormat()
  const names = usePlaceNames()
  const scale = useScale()
  const may = useMay()
  const past = useIsPast()
  const { open, show } = useOpen<'edit'>()
  const editable = !past && asset.abilities.includes('update')
  const flags = [asset.personalData ? t.personal : '', asset.cardData ? t.card : ''].filter(Boolean)
  return (
    <Page
      title={format.text(asset.name)}
      beside={
        <>
          <code>{asset.key}</code>
          {asset.inUse ? null : <State tone="none">{t.notInUse}</State>}
        </>
      }
      above={<Link to="/app/assets">{t.title}</Link>}
      {...(asset.description ? { lead: format.text(asset.description) } : {})}
      actions={
        editable ? (
          <Button variant="default" leftSection={<Icon name="pencil" />} onClick={() => show('edit')}>
            {t.edit}
          </Button>
        ) : null
      }
    >
      <Facts
        facts={[
          { label: t.kind, value: t.kinds[asset.kind] },
          { label: t.classification, value: scale.classification(asset.classification) || t.unclassified },
          { label: t.owner, value: <Owner asset={asset} /> },
          { label: t.entity, value: names.entity(asset.entityId) || '—' },
          { label: t.services, value: format.list(asset.serviceIds.map(names.service)) || '—' },
          { label: t.flags, value: format.list(flags) || t.noFlags },
          ...(asset.location ? [{ label: t.location, value: format.text(asset.location) }] : []),
          {
            label: t.retention,
            value: asset.retention ? (
              <>
                {t.months(format.number(asset.retention.months))}
                <div className="quiet">{format.text(asset.retention.basis)}</div>
              </>
            ) : (
              t.noRetention
            ),
          },
          { label: t.use, value: spanText(asset, t, format) },
          ...(asset.identifiers.length > 0
            ? [{ label: t.identifiers, value: <code>{asset.identifiers.join(' ')}</code> }]
            : []),
        ]}
      />
      <RecordTabs
        tabs={[
          { name: 'worth', label: t.tabs.worth, content: <AssetWorth asset={asset} /> },
          {
            name: 'dependencies',
            label: t.tabs.dependencies,
            count: asset.needs.length + asset.neededBy.total,
            content: <Dependencies asset={asset} />,
          },
          ...(may('risk.read')
            ? [{ name: 'risks', label: t.tabs.risks, content: <AssetRisks asset={asset} /> }]
            : []),
          {
            name: 'history',
            label: t.tabs.history,
            content: <RecordHistory noun="asset" id={asset.id} />,
          },
        ]}
      />
      <Suspense fallback={null}>
        {open === 'edit' && editable && names.ready ? (
          <AssetForm asset={asset} names={names} onClose={() => show()} onSaved={() => show()} />
        ) : null}
      </Suspense>
    </Page>
  )
}

function Dependencies({ asset }: { asset: AssetRecord }) {
  const t = useWords(assetMessages)
  const format = useFormat()
  const { needs, neededBy } = asset
  return (
    <>
      <div className={styles.two}>
        <Section title={t.neededBy}>
          {neededBy.total === 0 ? (
            <p className="quiet">{t.neededByNothing}</p>
          ) : (
            <NearList assets={neededBy.items} />
          )}
          {neededBy.total > neededBy.items.length ? (
            <p>
              <Link to="/app/assets" search={(before: object) => ({ ...before, needs: asset.id })}>
                {t.allOfThem(format.number(neededBy.total))}
              </Link>
            </p>
          ) : null}
        </Section>
        <Section title={t.needs}>
          {needs.length === 0 ? <p className="quiet">{t.needsNothing}</p> : <NearList assets={needs} />}
        </Section>
      </div>
      <p className={styles.below}>
        <Link to="/app/assets/graph" search={(before: object) => ({ ...before, focus: asset.id })}>
          {t.inDrawing}
        </Link>
      </p>
    </>
  )
}
