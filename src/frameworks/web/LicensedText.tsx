import { Button, Modal } from '@mantine/core'
import { useRef, useState } from 'react'
import { call } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import { OverlayForm } from './OverlayForm.tsx'
import { overlayMessages } from './overlay-messages.ts'
import css from './overlays.module.css'
import type { EditionDetail } from './shapes.ts'

type Overlay = EditionDetail['overlays'][number]

/** The licensed texts of an edition: which are attached, and for those who may, attaching and removing them. */
export function LicensedText({ edition }: { edition: EditionDetail }) {
  const t = useWords(overlayMessages)
  const format = useFormat()
  const past = useIsPast()
  const [attaching, setAttaching] = useState(false)
  const [removing, setRemoving] = useState<Overlay | null>(null)
  const bytes = useRef<File | null>(null)
  const can = (action: string) => !past && edition.abilities.includes(action)
  if (edition.overlays.length === 0 && !can('attach')) return null
  return (
    <Section title={t.title}>
      {can('attach') ? <p className={css.lead}>{t.lead}</p> : null}
      {edition.overlays.length > 0 ? (
        <ul className={css.list}>
          {edition.overlays.map((overlay) => (
            <li key={overlay.id}>
              <State tone="met">{overlay.language === 'ja' ? t.languages.ja : t.languages.en}</State>
              {t.attached(overlay.licenceHolder, format.number(overlay.texts))}
              {can('remove') ? (
                <Button
                  variant="subtle"
                  color="red"
                  size="compact-xs"
                  aria-label={`${t.remove}: ${overlay.licenceHolder}`}
                  onClick={() => setRemoving(overlay)}
                >
                  {t.remove}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {can('attach') ? (
        <Button variant="default" leftSection={<Icon name="upload" />} onClick={() => setAttaching(true)}>
          {t.attach}
        </Button>
      ) : null}
      {attaching ? (
        <OverlayForm
          edition={edition}
          bytes={bytes}
          onClose={() => {
            bytes.current = null
            setAttaching(false)
          }}
        />
      ) : null}
      {removing ? <Remove overlay={removing} onClose={() => setRemoving(null)} /> : null}
    </Section>
  )
}

function Remove({ overlay, onClose }: { overlay: Overlay; onClose: () => void }) {
  const t = useWords(overlayMessages)
  const { id, version, licenceHolder } = overlay
  const language = overlay.language === 'ja' ? t.languages.ja : t.languages.en
  const remove = useChange(() => call('POST', `/api/overlays/${id}/remove`, { version }))
  return (
    <Modal
      opened
      onClose={onClose}
      title={t.removeTitle}
      size="sm"
      closeButtonProps={{ 'aria-label': t.close }}
    >
      {remove.error ? <Failure error={remove.error} /> : null}
      <p>{t.removeText(licenceHolder, language)}</p>
      <div className={css.buttons}>
        <Button variant="default" onClick={onClose} data-autofocus>
          {t.cancel}
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate(undefined, { onSuccess: onClose })}
        >
          {t.remove}
        </Button>
      </div>
    </Modal>
  )
}
