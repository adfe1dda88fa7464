import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import styles from '../../assets/web/assets.module.css'
import { assetMessages } from '../../assets/web/messages.ts'
import type { AssetRecord } from '../../assets/web/shapes.ts'
import { Band } from '../../risks/web/Band.tsx'
import { riskMessages } from '../../risks/web/messages.ts'
import type { RiskAnswer } from '../../risks/web/shapes.ts'
import { RiskStateMark } from '../../risks/web/words.tsx'
import { useRead } from '../../web/data.ts'
import { useMayNow } from '../../web/frame/me.ts'
import { useOpen } from '../../web/frame/open.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Plain } from '../../web/ui/Plain.tsx'

const RiskForm = lazy(() => import('../../risks/web/RiskForm.tsx'))

/** Risks whose scenario names the asset, and the way to write down another. */
export function AssetRisks({ asset }: { asset: AssetRecord }) {
  const t = useWords(assetMessages).risks
  const words = useWords(riskMessages)
  const may = useMayNow()
  const navigate = useNavigate()
  const { open, show } = useOpen<'risk'>()
  const read = useRead<{ items: RiskAnswer[] }>('/api/risks', { asset: asset.id, limit: 100 })
  const create = may('risk.create') ? (
    <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => show('risk')}>
      {words.create}
    </Button>
  ) : null
  return (
    <>
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.none} action={create}>
              {t.noneText}
            </Empty>
          ) : (
            <>
              <RiskTable risks={items} />
              <div className={styles.foot}>
                {create}
                <Link to="/app/risks" search={(before: object) => ({ ...before, asset: asset.id })}>
                  {t.all}
                </Link>
              </div>
            </>
          )
        }
      </Loaded>
      <Suspense fallback={null}>
        {open === 'risk' && may('risk.create') ? (
          <RiskForm
            risk={null}
            about={asset}
            onClose={() => show()}
            onSaved={(id) => navigate({ to: '/app/risks/$id', params: { id } })}
          />
        ) : null}
      </Suspense>
    </>
  )
}

function RiskTable({ risks }: { risks: readonly RiskAnswer[] }) {
  const t = useWords(assetMessages).risks
  const format = useFormat()
  return (
    <Plain caption={t.title} head={[t.code, t.name, t.level, t.state]}>
      {risks.map((one) => (
        <tr key={one.id}>
          <td>
            <code>{one.code}</code>
          </td>
          <th scope="row">
            <Link to="/app/risks/$id" params={{ id: one.id }}>
              {format.text(one.name)}
            </Link>
          </th>
          <td>
            <Band rating={one.ratings.current} />
          </td>
          <td>
            <RiskStateMark state={one.state} />
          </td>
        </tr>
      ))}
    </Plain>
  )
}
