import { ActionIcon } from '@mantine/core'
import { useWords } from '../../web/i18n/catalogue.ts'
import css from './graph.module.css'
import { assetMessages } from './messages.ts'

/** Closer, further away, and all of it, for whoever has neither a wheel nor the keys at hand. */
export function GraphZoom({ zoom, showAll }: { zoom: (factor: number) => void; showAll: () => void }) {
  const t = useWords(assetMessages)
  return (
    <div className={css.zoom}>
      <ActionIcon variant="default" aria-label={t.graph.zoomIn} onClick={() => zoom(1.25)}>
        +
      </ActionIcon>
      <ActionIcon variant="default" aria-label={t.graph.zoomOut} onClick={() => zoom(0.8)}>
        −
      </ActionIcon>
      <ActionIcon variant="default" aria-label={t.graph.fit} onClick={showAll}>
        ⤢
      </ActionIcon>
    </div>
  )
}
