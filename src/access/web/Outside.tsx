import { Button } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useLanguage } from '../../web/i18n/language.tsx'
import { shellMessages } from '../../web/i18n/messages.ts'
import css from './access.module.css'

/** The page around a form for someone who is not signed in. */
export function Outside({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
  const t = useWords(shellMessages)
  const { language, setLanguage } = useLanguage()
  useEffect(() => {
    document.title = `${title} · Assay`
  }, [title])
  const other = language === 'ja' ? 'en' : 'ja'
  return (
    <div className={css.outside}>
      <header className={css.top}>
        <span>Assay</span>
        <Button variant="subtle" color="gray" lang={other} onClick={() => setLanguage(other)}>
          {t.bar.language}
        </Button>
      </header>
      <main className={css.card} data-wide={wide || undefined}>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  )
}
