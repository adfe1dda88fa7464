import { Button } from '@mantine/core'
import { useState } from 'react'
import { call } from '../../web/client.ts'
import { useChange, useRead } from '../../web/data.ts'
import { useMayNow } from '../../web/frame/me.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import { trustMessages } from './messages.ts'
import type { TextAnswer } from './shapes.ts'
import { TextForm } from './TextForm.tsx'
import css from './trust.module.css'

/** The prose of the page by chapter, each text with its review. */
export function Texts() {
  const t = useWords(trustMessages)
  const may = useMayNow()
  const [open, setOpen] = useState<TextAnswer | 'new' | null>(null)
  const read = useRead<{ items: TextAnswer[] }>('/api/trust/texts')
  const add = may('page_text.create') ? (
    <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => setOpen('new')}>
      {t.newText}
    </Button>
  ) : null
  return (
    <Loaded read={read}>
      {({ items }) => (
        <>
          {items.length === 0 ? (
            <Empty title={t.emptyTexts} action={add}>
              {t.emptyTextsText}
            </Empty>
          ) : (
            add
          )}
          {[...Map.groupBy(items, (text) => text.section)].map(([section, texts]) => (
            <Section key={section} title={t.sections[section] ?? section}>
              {texts
                .toSorted((a, b) => a.place - b.place)
                .map((text) => (
                  <OneText key={text.id} text={text} onEdit={() => setOpen(text)} />
                ))}
            </Section>
          ))}
          {open ? <TextForm text={open === 'new' ? null : open} onClose={() => setOpen(null)} /> : null}
        </>
      )}
    </Loaded>
  )
}

function OneText({ text, onEdit }: { text: TextAnswer; onEdit: () => void }) {
  const t = useWords(trustMessages)
  const format = useFormat()
  const past = useIsPast()
  const review = useChange(() =>
    call('POST', `/api/trust/texts/${text.id}/review`, {
      body: { digest: text.digest },
      version: text.version,
    }),
  )
  const able = (action: string) => !past && text.abilities.includes(action)
  return (
    <article className={css.text}>
      <div className={css.textHead}>
        <h3>{format.text(text.title) || t.untitled(format.number(text.place + 1))}</h3>
        {text.reviewed && text.review ? (
          <State tone="met">
            {t.reviewed}: {t.reviewedBy(text.review.name, format.shortDay(text.review.on))}
          </State>
        ) : (
          <State tone="partial">{t.unreviewed}</State>
        )}
        {text.inForce ? null : <State tone="none">{t.notInForce}</State>}
        <span className={css.push} />
        {!text.reviewed && able('review') ? (
          <Button
            variant="light"
            size="compact-xs"
            title={t.reviewText}
            loading={review.isPending}
            onClick={() => review.mutate(undefined)}
          >
            {t.review}
          </Button>
        ) : null}
        {able('update') ? (
          <Button variant="default" size="compact-xs" onClick={onEdit}>
            {t.editText}
          </Button>
        ) : null}
      </div>
      {review.error ? <Failure error={review.error} /> : null}
      <div className={css.words}>
        <p lang="en">{text.body.en}</p>
        <p lang="ja">{text.body.ja}</p>
      </div>
    </article>
  )
}
