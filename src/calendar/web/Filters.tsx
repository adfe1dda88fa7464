import { Select } from '@mantine/core'
import type { LocalText } from '../../kernel/language.ts'
import { PersonSelect } from '../../people/web/PersonSelect.tsx'
import { useRead } from '../../web/data.ts'
import { useMay, useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { dueKinds } from '../due.ts'
import type { CalendarSearch, DueFilterShown } from './CalendarPage.tsx'
import { calendarMessages } from './messages.ts'

type FiltersProps = { filter: DueFilterShown; onChange: (changed: CalendarSearch) => void }

/** Whose, of which kind, for which programme; the entity is chosen in the top bar, for every page. */
export function Filters({ filter, onChange }: FiltersProps) {
  const t = useWords(calendarMessages)
  const format = useFormat()
  const may = useMay()
  const me = useMe().data?.person
  const programmes = useRead<{ items: { id: string; name: LocalText }[] }>(
    '/api/programmes',
    {},
    may('programme.read'),
  )
  const own = me ? [{ value: 'me', label: format.text(me.name) }] : []
  return (
    <>
      <PersonSelect
        label={t.person}
        bare
        small
        anybody={t.everybody}
        others={[...own, { value: 'none', label: t.nobody }]}
        except={me?.id ?? null}
        value={filter.person ?? null}
        onChange={(person) => onChange({ person: person ?? undefined })}
      />
      <Select
        size="xs"
        aria-label={t.kind}
        clearable
        placeholder={t.allKinds}
        data={dueKinds.map((value) => ({ value, label: t.kinds[value] }))}
        value={filter.kind ?? null}
        onChange={(kind) => onChange({ kind: kind ?? undefined })}
      />
      {(programmes.data?.items.length ?? 0) > 0 ? (
        <Select
          size="xs"
          aria-label={t.programme}
          searchable
          clearable
          placeholder={t.allProgrammes}
          data={(programmes.data?.items ?? []).map((one) => ({
            value: one.id,
            label: format.text(one.name),
          }))}
          value={filter.programme ?? null}
          onChange={(programme) => onChange({ programme: programme ?? undefined })}
        />
      ) : null}
    </>
  )
}
