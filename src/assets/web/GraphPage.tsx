import { SegmentedControl, Select } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useRead } from '../../web/data.ts'
import { useEntityScope } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { Page } from '../../web/ui/Page.tsx'
import { Plain } from '../../web/ui/Plain.tsx'
import { assetKinds } from '../asset.ts'
import { AssetFinder } from './AssetFinder.tsx'
import { GraphDrawing } from './GraphDrawing.tsx'
import css from './graph.module.css'
import { Levels } from './Levels.tsx'
import { assetMessages } from './messages.ts'
import type { GraphAnswer, GraphNode } from './shapes.ts'

const collapses = ['none', 'entity', 'kind'] as const
type Collapse = (typeof collapses)[number]

type Asked = { focus?: string; hops?: number | string; collapse?: Collapse; kind?: string; as?: 'table' }

/** What is looked at stands in the address, so that a link leads to it and Back returns. */
function useAsked() {
  const navigate = useNavigate()
  const asked: Asked = useSearch({ strict: false })
  const ask = (part: { [Key in keyof Asked]?: Asked[Key] | undefined }) =>
    navigate({ to: '.', search: (before: object) => ({ ...before, ...part }) })
  return { asked, ask }
}

/** What depends on what: a layered drawing, and the same as a table. */
export function GraphPage() {
  const t = useWords(assetMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const entity = useEntityScope()
  const { asked, ask } = useAsked()
  const { focus, kind } = asked
  const collapse: Collapse = asked.collapse && collapses.includes(asked.collapse) ? asked.collapse : 'none'
  const hops = Math.min(8, Math.max(1, Number(asked.hops) || 2))
  const query = { focus, kind, entity, ...(focus ? { hops } : {}), ...(focus ? {} : { collapse }) }
  const read = useRead<GraphAnswer>('/api/assets/graph', query)
  const nameOf = (node: GraphNode) =>
    node.name ? format.text(node.name) : node.kind ? t.kinds[node.kind] : node.key
  const isGroup = (graph: GraphAnswer) => graph.tooMany || (collapse !== 'none' && focus === undefined)
  const centre = (graph: GraphAnswer, id: string) => {
    if (!isGroup(graph)) return ask({ focus: id, collapse: undefined })
    if (collapse === 'kind') return ask({ kind: id, collapse: undefined })
    return navigate({ to: '.', search: (before: object) => ({ ...before, entity: id, collapse: undefined }) })
  }
  const open = (graph: GraphAnswer, id: string) =>
    isGroup(graph)
      ? navigate({ to: '/app/assets', search: () => (collapse === 'kind' ? {} : { entity: id }) as never })
      : navigate({ to: '/app/assets/$id', params: { id } })
  return (
    <Page
      title={t.graph.title}
      wide
      lead={t.graph.lead}
      above={<Link to="/app/assets">{t.title}</Link>}
      actions={
        <SegmentedControl
          aria-label={t.graph.title}
          value={asked.as ?? 'drawing'}
          onChange={(as) => ask({ as: as === 'table' ? 'table' : undefined })}
          data={[
            { value: 'drawing', label: t.graph.drawing },
            { value: 'table', label: t.graph.table },
          ]}
        />
      }
    >
      <div className={css.tools}>
        <AssetFinder
          label={t.graph.find}
          value={focus ?? null}
          onChange={(id) => ask({ focus: id ?? undefined, collapse: undefined })}
        />
        {focus ? (
          <Select
            label={t.graph.hops}
            value={String(hops)}
            data={[1, 2, 3, 4, 6, 8].map((count) => ({
              value: String(count),
              label: t.graph.hopsOf(format.number(count)),
            }))}
            onChange={(value) => ask({ hops: Number(value) })}
          />
        ) : (
          <Select
            label={t.graph.collapse}
            value={collapse}
            data={collapses.map((value) => ({ value, label: t.graph.collapses[value] }))}
            onChange={(value) => ask({ collapse: (value ?? 'none') as Collapse })}
          />
        )}
        <Select
          label={t.kind}
          clearable
          placeholder={t.graph.all}
          value={kind ?? null}
          data={assetKinds.map((value) => ({ value, label: t.kinds[value] }))}
          onChange={(value) => ask({ kind: value ?? undefined })}
        />
      </div>
      <Loaded read={read}>
        {(graph) =>
          graph.nodes.length === 0 ? (
            <Empty title={t.graph.nothing}>{t.graph.nothingText}</Empty>
          ) : (
            <>
              {graph.tooMany ? (
                <Notice tone="unknown" calm>
                  {t.graph.tooMany(format.number(graph.total))}
                </Notice>
              ) : null}
              {asked.as === 'table' ? (
                <Twin graph={graph} nameOf={nameOf} />
              ) : (
                <GraphDrawing
                  graph={graph}
                  nameOf={nameOf}
                  start={focus ?? null}
                  onCentre={(id) => centre(graph, id)}
                  onOpen={(id) => open(graph, id)}
                />
              )}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

/** The same dependencies as a table. */
function Twin({ graph, nameOf }: { graph: GraphAnswer; nameOf: (node: GraphNode) => string }) {
  const t = useWords(assetMessages)
  const format = useFormat()
  const byId = new Map(graph.nodes.map((one) => [one.id, one]))
  const needs = Map.groupBy(graph.edges, ([from]) => from)
  return (
    <Plain caption={t.graph.title} head={[t.graph.from, t.kind, t.value, t.graph.to]}>
      {graph.nodes.map((node) => (
        <tr key={node.id}>
          <th scope="row">
            {node.assets > 1 ? (
              `${nameOf(node)} · ${t.graph.assets(format.number(node.assets))}`
            ) : (
              <Link to="/app/assets/$id" params={{ id: node.id }}>
                {nameOf(node)}
              </Link>
            )}
          </th>
          <td>{node.kind ? t.kinds[node.kind] : '—'}</td>
          <td>
            <Levels effective={node.effective} />
          </td>
          <td>
            {(needs.get(node.id) ?? [])
              .flatMap(([, to]) => {
                const other = byId.get(to)
                return other ? [nameOf(other)] : []
              })
              .join(format.language === 'ja' ? '、' : ', ') || '—'}
          </td>
        </tr>
      ))}
    </Plain>
  )
}
