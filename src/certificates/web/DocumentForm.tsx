import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Language, LocalText } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { ChoiceField, LocalTextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Failure, Notice } from '../../web/ui/Notice.tsx'
import type { Document } from '../document.ts'
import css from './certificates.module.css'
import { certificateMessages } from './messages.ts'

type Draft = {
  kind: Document['kind']
  title: LocalText
  language: Language | ''
  distribution: Document['distribution']
  version: number
}

const draftOf = ({ kind, title, language, distribution, version }: Document): Draft => ({
  ...{ kind, title, language: language ?? '', distribution, version },
})

/** Changes what is said about a document or who may have it; its bytes never change. */
export function DocumentForm({ document, onClose }: { document: Document; onClose: () => void }) {
  const t = useWords(certificateMessages)
  const form = useForm<Draft, unknown>({
    initial: draftOf(document),
    save: ({ version, language, ...draft }) =>
      call('PUT', `/api/documents/${document.id}`, {
        body: { ...draft, language: language || null },
        version,
      }),
    latest: async () => draftOf(await call<Document>('GET', `/api/documents/${document.id}`)),
    onSaved: onClose,
  })
  const { values, set, error } = form
  const labels = {
    title: t.documentTitle,
    kind: t.documentKind,
    language: t.language,
    distribution: t.distribution,
  }
  return (
    <FormDrawer title={t.editDocument} form={form} onClose={onClose} labels={labels}>
      <LocalTextField
        label={t.documentTitle}
        value={values.title}
        onChange={(title) => set('title', title)}
        error={error('/title')}
      />
      <ChoiceField
        label={t.documentKind}
        value={values.kind}
        options={(Object.keys(t.documentKinds) as Document['kind'][]).map((value) => ({
          value,
          label: t.documentKinds[value],
        }))}
        onChange={(kind) => set('kind', kind)}
        error={error('/kind')}
      />
      <ChoiceField
        label={t.language}
        value={values.language}
        options={[
          { value: '' as const, label: t.anyLanguage },
          { value: 'en' as const, label: t.languages.en },
          { value: 'ja' as const, label: t.languages.ja },
        ]}
        onChange={(language) => set('language', language)}
        error={error('/language')}
      />
      <ChoiceField
        label={t.distribution}
        value={values.distribution}
        options={(['internal', 'on-request', 'public'] as const).map((value) => ({
          value,
          label: t.distributions[value],
        }))}
        onChange={(distribution) => set('distribution', distribution)}
        error={error('/distribution')}
      />
      <Withdraw document={document} onDone={onClose} />
    </FormDrawer>
  )
}

function Withdraw({ document, onDone }: { document: Document; onDone: () => void }) {
  const t = useWords(certificateMessages)
  const [reason, setReason] = useState('')
  const withdraw = useChange(() =>
    call('POST', `/api/documents/${document.id}/withdrawal`, { body: { reason }, version: document.version }),
  )
  return (
    <section className={css.part} aria-label={t.withdrawDocument}>
      <h3>{t.withdrawDocument}</h3>
      <Notice tone="partial" calm>
        {t.withdrawDocumentText}
      </Notice>
      {withdraw.error ? <Failure error={withdraw.error} /> : null}
      <TextInput
        label={t.reason}
        description={t.reasonHint}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div>
        <Button
          color="red"
          variant="light"
          disabled={reason.trim() === ''}
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate(undefined, { onSuccess: onDone })}
        >
          {t.withdrawDocument}
        </Button>
      </div>
    </section>
  )
}
