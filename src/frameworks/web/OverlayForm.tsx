import { Button, FileButton } from '@mantine/core'
import type { Language } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { FileDrop } from '../../web/ui/FileDrop.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { overlayMessages } from './overlay-messages.ts'
import css from './overlays.module.css'
import type { EditionDetail } from './shapes.ts'

type Draft = { file: { name: string; size: number } | null; licenceHolder: string; language: Language }

const accept = '.csv,.json,text/csv,application/json'

/** What a file is, by its name: systems with Excel declare every CSV file as Excel's own. */
const typeOf = (name: string) => (/\.json$/i.test(name) ? 'application/json' : 'text/csv')

type OverlayFormProps = {
  edition: Pick<EditionDetail, 'key' | 'overlays'>
  /** Holds the chosen file's bytes: they are no value of the form. */
  bytes: { current: File | null }
  onClose: () => void
}

/** Attaches the licensed text of an edition in one language. */
export function OverlayForm({ edition, bytes, onClose }: OverlayFormProps) {
  const t = useWords(overlayMessages)
  const format = useFormat()
  const form = useForm<Draft, unknown>({
    initial: { file: null, licenceHolder: '', language: format.language },
    save: ({ licenceHolder, language }) => {
      const file = bytes.current ?? new File([], '')
      return call('PUT', `/api/frameworks/${edition.key}/overlay/${language}`, {
        query: { licenceHolder },
        body: new Blob([file], { type: typeOf(file.name) }),
      })
    },
    onSaved: onClose,
  })
  const { values, set, error } = form
  const take = (file: File | null | undefined) => {
    if (!file) return
    bytes.current = file
    set('file', { name: file.name, size: file.size })
  }
  const replaces = edition.overlays.some(({ language }) => language === values.language)
  return (
    <FormDrawer
      title={t.attach}
      form={form}
      onClose={onClose}
      saveLabel={t.save}
      consequence={<Consequence />}
    >
      {values.file ? (
        <div className={css.file}>
          <Icon name="file" />
          <strong>{values.file.name}</strong>
          <span className="quiet">{format.bytes(values.file.size)}</span>
          <FileButton accept={accept} onChange={take}>
            {(props) => (
              <Button variant="subtle" size="compact-xs" {...props}>
                {t.other}
              </Button>
            )}
          </FileButton>
        </div>
      ) : (
        <FileDrop
          title={t.drop}
          hint={t.dropHint}
          choose={t.choose}
          accept={accept}
          focused
          onFiles={([file]) => take(file)}
        />
      )}
      <TextField
        label={t.holder}
        hint={t.holderHint}
        required
        value={values.licenceHolder}
        onChange={(holder) => set('licenceHolder', holder)}
        error={error('/licenceHolder')}
      />
      <ChoiceField
        label={t.language}
        value={values.language}
        options={(['en', 'ja'] as const).map((value) => ({ value, label: t.languages[value] }))}
        onChange={(language) => set('language', language)}
        error={error('/language')}
      />
      {replaces ? (
        <Notice tone="partial" calm>
          {t.replaces}
        </Notice>
      ) : null}
    </FormDrawer>
  )
}

function Consequence() {
  const t = useWords(overlayMessages)
  return <p className={css.note}>{t.consequence}</p>
}
