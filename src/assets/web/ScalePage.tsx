import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useRead } from '../../web/data.ts'
import { useOpen } from '../../web/frame/open.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { Page, Section } from '../../web/ui/Page.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { properties } from '../property.ts'
import css from './assets.module.css'
import { assetMessages } from './messages.ts'
import type { ScaleAnswer } from './shapes.ts'

const ScaleForm = lazy(() => import('./ScaleForm.tsx'))

/** The levels and classifications by which the organisation values its assets. */
export function ScalePage() {
  const t = useWords(assetMessages)
  const past = useIsPast()
  const read = useRead<ScaleAnswer>('/api/asset-scale')
  const { open, show } = useOpen<'edit'>()
  const editable = !past && (read.data?.abilities.includes('update') ?? false)
  return (
    <Page
      title={t.scale.title}
      lead={t.scale.lead}
      above={<Link to="/app/assets">{t.title}</Link>}
      actions={
        editable ? (
          <Button variant="default" leftSection={<Icon name="pencil" />} onClick={() => show('edit')}>
            {t.scale.edit}
          </Button>
        ) : null
      }
    >
      <Loaded read={read}>
        {(scale) => (
          <>
            {scale.version === 0 ? (
              <Notice tone="unknown" calm>
                {t.scale.starting}
              </Notice>
            ) : null}
            <Levels scale={scale} />
            <Classifications scale={scale} />
            <Suspense fallback={null}>
              {open === 'edit' && editable ? <ScaleForm scale={scale} onClose={() => show()} /> : null}
            </Suspense>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Levels({ scale: { levels } }: { scale: ScaleAnswer }) {
  const t = useWords(assetMessages)
  const format = useFormat()
  const head = [t.scale.level, ...properties.map((each) => t.properties[each]), t.scale.needs]
  return (
    <Section title={t.scale.levels}>
      <Plain caption={t.scale.levels} head={head}>
        {levels.toReversed().map((level) => (
          <tr key={level.number}>
            <th scope="row">
              {level.number} {format.text(level.name)}
            </th>
            {properties.map((property) => (
              <td key={property} className={css.anchors}>
                {format.text(level.anchors[property])}
              </td>
            ))}
            <td>{t.scale.controls(format.number(level.needs))}</td>
          </tr>
        ))}
      </Plain>
      <p className="quiet">{t.scale.needsHint}</p>
    </Section>
  )
}

function Classifications({ scale: { classifications } }: { scale: ScaleAnswer }) {
  const t = useWords(assetMessages)
  const format = useFormat()
  return (
    <Section title={t.scale.classifications}>
      <Plain caption={t.scale.classifications} head={[t.classification, t.key, t.scale.handling]}>
        {classifications.map((one) => (
          <tr key={one.key}>
            <th scope="row">{format.text(one.name)}</th>
            <td>
              <code className={css.whole}>{one.key}</code>
            </td>
            <td>{format.text(one.handling)}</td>
          </tr>
        ))}
      </Plain>
    </Section>
  )
}
