import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEntities } from '../../people/web/names.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Count, Section } from '../../web/ui/Page.tsx'
import css from './handover.module.css'
import { handoverMessages } from './messages.ts'
import { addressOf, keyOf, type Thing } from './shapes.ts'

type ThingTableProps = {
  noun: string
  things: readonly Thing[]
  chosen: ReadonlySet<string>
  /** Null where nothing may be chosen, as on a past day. */
  onChoose: ((keys: readonly string[], on: boolean) => void) | null
}

/** What of one kind belongs to somebody, to be chosen one by one or together. */
export function ThingTable({ noun, things, chosen, onChoose }: ThingTableProps) {
  const t = useWords(handoverMessages)
  const format = useFormat()
  const entities = useEntities()
  const able = things.filter((thing) => thing.mayHand).map(keyOf)
  const on = able.filter((key) => chosen.has(key)).length
  const kind = t.kinds[noun] ?? noun
  const where = (thing: Thing) =>
    thing.entityIds.length === 0 ? t.everywhere : format.list(thing.entityIds.map(entities.nameOf))
  return (
    <Section title={kind} beside={<Count>{format.number(things.length)}</Count>}>
      <table className={css.table} aria-label={kind}>
        <thead>
          <tr>
            {onChoose ? (
              <th className={css.box}>
                <Checkbox
                  size="xs"
                  aria-label={t.selectKind(kind)}
                  disabled={able.length === 0}
                  checked={on > 0 && on === able.length}
                  indeterminate={on > 0 && on < able.length}
                  onChange={(event) => onChoose(able, event.currentTarget.checked)}
                />
              </th>
            ) : null}
            <th className={css.code}>{t.code}</th>
            <th>{t.name}</th>
            <th className={css.part}>{t.as}</th>
            <th className={css.where}>{t.where}</th>
          </tr>
        </thead>
        <tbody>
          {things.map((thing) => {
            const key = keyOf(thing)
            const part = t.parts[thing.part.split(':')[0] ?? ''] ?? thing.part
            const { to, search } = addressOf(thing)
            const name = format.text(thing.name)
            return (
              <tr key={key}>
                {onChoose ? (
                  <td className={css.box}>
                    <Checkbox
                      size="xs"
                      aria-label={t.select(`${thing.code} ${name} (${part})`)}
                      title={thing.mayHand ? undefined : t.mayNot}
                      disabled={!thing.mayHand}
                      checked={chosen.has(key)}
                      onChange={(event) => onChoose([key], event.currentTarget.checked)}
                    />
                  </td>
                ) : null}
                <td className={css.code}>{thing.code}</td>
                <td>
                  <Link to={to} search={(before: object) => ({ ...kept(before), ...search })}>
                    {name}
                  </Link>
                </td>
                <td className={css.part}>{part}</td>
                <td className={css.where}>{where(thing)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Section>
  )
}

/** The person in view is this page's; the day and the entity go along by themselves. */
const kept = (before: object): object => ({ ...before, person: undefined })
