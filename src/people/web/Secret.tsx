import { Button, CopyButton } from '@mantine/core'
import { useWords } from '../../web/i18n/catalogue.ts'
import { peopleMessages as messages } from './messages.ts'
import css from './people.module.css'

/** Something that is shown once. */
export function Secret({ label, text, value }: { label: string; text: string; value: string }) {
  const t = useWords(messages)
  return (
    <section className={css.secret} aria-label={label}>
      <strong>{label}</strong>
      <p>{text}</p>
      <code>{value}</code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <div>
            <Button variant="default" onClick={copy}>
              {copied ? t.copied : t.copy}
            </Button>
          </div>
        )}
      </CopyButton>
    </section>
  )
}
