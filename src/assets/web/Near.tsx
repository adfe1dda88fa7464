import { Link } from '@tanstack/react-router'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import css from './assets.module.css'
import { Levels } from './Levels.tsx'
import { assetMessages } from './messages.ts'
import type { NearAsset } from './shapes.ts'

/** Another asset by its name; one that the reader may not see is said to be there, and nothing of it. */
export function NearLink({ asset }: { asset: NearAsset }) {
  const t = useWords(assetMessages)
  const format = useFormat()
  if (asset === null) return <span className="quiet">{t.worth.hidden}</span>
  return (
    <Link to="/app/assets/$id" params={{ id: asset.id }}>
      {format.text(asset.name)}
    </Link>
  )
}

/** Other assets with what they are worth. */
export function NearList({ assets }: { assets: readonly NearAsset[] }) {
  const t = useWords(assetMessages)
  return (
    <ul className={css.near}>
      {assets.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: assets that the reader may not see have no id
        <li key={index}>
          <NearLink asset={one} />
          <small>{one ? t.kinds[one.kind] : ''}</small>
          {one ? (
            one.inUse ? (
              <Levels effective={one.effective} />
            ) : (
              <span className="quiet">{t.filters.notInUse}</span>
            )
          ) : null}
        </li>
      ))}
    </ul>
  )
}
