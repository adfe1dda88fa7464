import { Button, SegmentedControl, Select } from '@mantine/core'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Chip } from '../../web/table/Tools.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { AssetFinder } from './AssetFinder.tsx'
import { useAssetFilters } from './columns.tsx'
import css from './graph.module.css'
import { groupings, type useAsked } from './graph-asked.ts'
import { assetMessages } from './messages.ts'
import { usePlaceNames } from './names.ts'
import { useScale } from './scale.ts'

type GraphToolsProps = Pick<ReturnType<typeof useAsked>, 'asked' | 'ask' | 'filters'> & {
  /** Assets that the drawing stands for, once that is known. */
  total: number | null
  onRegister: () => void
}

/** Above the drawing: whom to look for, how far around, how it is put together. */
export function GraphTools({ asked, ask, filters, total, onRegister }: GraphToolsProps) {
  const t = useWords(assetMessages)
  const format = useFormat()
  const { focus, at } = asked
  return (
    <>
      <div className={css.tools}>
        <AssetFinder
          label={t.graph.find}
          value={focus ?? at ?? null}
          onChange={(id) =>
            focus ? ask({ focus: id ?? undefined, at: undefined }) : ask({ at: id ?? undefined })
          }
        />
        {focus ? (
          <SegmentedControl
            aria-label={t.graph.hops}
            value={String(asked.hops)}
            onChange={(hops) => ask({ hops: Number(hops) })}
            data={[1, 2, 3].map((count) => ({
              value: String(count),
              label: t.graph.hopsOf(format.number(count)),
            }))}
          />
        ) : (
          <Select
            label={t.graph.by}
            allowDeselect={false}
            value={asked.by}
            data={groupings.map((value) => ({ value, label: t.graph.groupings[value] }))}
            onChange={(by) => ask({ by: by === 'kind' ? by : undefined, open: undefined, at: undefined })}
          />
        )}
        {focus ? (
          <Button variant="default" onClick={() => ask({ focus: undefined, at: focus })}>
            {t.graph.whole}
          </Button>
        ) : (
          <span className={css.bar}>
            <Button variant="default" onClick={() => ask({ open: '*' })}>
              {t.graph.openAll}
            </Button>
            <Button variant="default" onClick={() => ask({ open: '-', at: undefined })}>
              {t.graph.closeAll}
            </Button>
            {total === null ? null : (
              <button type="button" className={css.act} onClick={onRegister}>
                {t.graph.register(format.number(total))}
              </button>
            )}
          </span>
        )}
      </div>
      {focus ? null : <FilterChips filters={filters} ask={ask} />}
    </>
  )
}

/** The filters of the register, whose assets are what is drawn. */
function FilterChips({ filters, ask }: Pick<GraphToolsProps, 'filters' | 'ask'>) {
  const t = useWords(assetMessages)
  const names = usePlaceNames()
  const scale = useScale()
  const all = useAssetFilters(names, scale)
  const view = {
    view: { filters },
    set: ({ filters: next }: { filters?: Readonly<Record<string, string>> }) =>
      ask(Object.fromEntries(Object.entries(next ?? {}).map(([key, value]) => [key, value || undefined]))),
  }
  const words = [
    { key: 'text', label: filters.text ? `“${filters.text}”` : '' },
    { key: 'needs', label: filters.needs ? t.neededBy : '' },
    { key: 'neededBy', label: filters.neededBy ? t.needs : '' },
  ].filter(({ label }) => label !== '')
  return (
    <div className={css.chips}>
      {words.map(({ key, label }) => (
        <button key={key} type="button" className={css.word} onClick={() => ask({ [key]: undefined })}>
          {label}
          <Icon name="close" size={10} />
        </button>
      ))}
      {all.map((filter) => (
        <Chip key={filter.key} filter={filter} view={view} />
      ))}
    </div>
  )
}
