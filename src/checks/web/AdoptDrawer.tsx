import { Checkbox } from '@mantine/core'
import { call } from '../../web/client.ts'
import { useRead } from '../../web/data.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import type { LibraryCheck } from '../library.ts'
import css from './checks.module.css'
import { checkMessages } from './messages.ts'

type Shipped = LibraryCheck & { adopted: boolean; adoptable: boolean }

/** Takes over checks that come with Assay; what cannot be taken now says why. */
export default function AdoptDrawer({ onClose }: { onClose: () => void }) {
  const t = useWords(checkMessages)
  const format = useFormat()
  const read = useRead<{ items: Shipped[] }>('/api/checks/library')
  const form = useForm<{ checks: string[] }, unknown>({
    initial: { checks: [] },
    save: (body, idempotencyKey) => call('POST', '/api/checks/adopt', { body, idempotencyKey }),
    onSaved: onClose,
  })
  const { checks } = form.values
  return (
    <FormDrawer
      title={t.adoptTitle}
      form={form}
      onClose={onClose}
      saveLabel={checks.length === 0 ? t.adoptTitle : t.adoptSome(format.number(checks.length))}
    >
      <p className="quiet">{t.adoptText}</p>
      <Loaded read={read}>
        {({ items }) => (
          <ul className={css.shipped}>
            {items.map((one) => (
              <li key={one.id}>
                <Checkbox
                  label={format.text(one.name)}
                  description={
                    one.adopted
                      ? t.adopted
                      : one.adoptable
                        ? `${one.control} · ${one.dataKind} · ${t.severities[one.severity]}`
                        : t.adoptFirst(one.control)
                  }
                  disabled={one.adopted || !one.adoptable}
                  checked={one.adopted || checks.includes(one.id)}
                  onChange={() =>
                    form.set(
                      'checks',
                      checks.includes(one.id) ? checks.filter((id) => id !== one.id) : [...checks, one.id],
                    )
                  }
                />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </FormDrawer>
  )
}
