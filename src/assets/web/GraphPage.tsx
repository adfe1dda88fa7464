import { SegmentedControl } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { call } from '../../web/client.ts'
import { useTimes } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { useLanguage } from '../../web/i18n/language.tsx'
import { Empty } from '../../web/ui/Empty.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { Page } from '../../web/ui/Page.tsx'
import type { Box, GraphAnswer } from '../drawing/shapes.ts'
import { GraphDrawing } from './GraphDrawing.tsx'
import { GraphLegend } from './GraphLegend.tsx'
import { GraphTools } from './GraphTools.tsx'
import { GraphTwin } from './GraphTwin.tsx'
import { useAsked } from './graph-asked.ts'
import { assetMessages } from './messages.ts'

/** Boxes that can be read at once where nothing was opened yet. */
const room = () => (window.innerWidth < 760 ? 14 : 48)

type Query = Readonly<Record<string, string | number | undefined>>

/** Reads a drawing; the one before stays until the next has come, so that nothing flickers while groups open. */
function useGraph(query: Query) {
  const times = useTimes()
  const { language } = useLanguage()
  return useQuery<GraphAnswer>({
    queryKey: ['/api/assets/graph', query, times, language],
    queryFn: ({ signal }) => call('GET', '/api/assets/graph', { query: { ...query, ...times }, signal }),
    placeholderData: keepPreviousData,
  })
}

/** The groups that are open after one of them was opened or closed, with all that stands in it. */
function toggled(graph: GraphAnswer, box: Pick<Box, 'id' | 'open'>): string {
  const open = graph.boxes.flatMap((one) =>
    one.open && one.id !== box.id && !(box.open && one.parent === box.id) ? [one.id] : [],
  )
  return [...open, ...(box.open ? [] : [box.id])].join(',') || '-'
}

type Asking = ReturnType<typeof useAsked>

/** What can be done with the boxes of a drawing: all but the record and the register by asking for another one. */
function useActs({ focus }: Asking['asked'], ask: Asking['ask'], filters: object) {
  const navigate = useNavigate()
  const toRegister = (narrowed: object) =>
    navigate({ to: '/app/assets', search: () => ({ ...filters, ...narrowed }) as never })
  const acts = (graph: GraphAnswer) => ({
    onToggle: (box: Box) => ask({ open: toggled(graph, box), at: undefined }),
    onAround: (id: string) => ask({ focus: id, at: undefined }),
    onOpen: (id: string) => navigate({ to: '/app/assets/$id', params: { id } }),
    onRegister: (box: Box) =>
      toRegister({
        ...(box.kind ? { kind: box.kind } : {}),
        ...(box.entityId ? { entity: box.entityId } : {}),
      }),
    onBack: (current: Box | null) => {
      if (focus) return ask({ focus: undefined, at: current?.id ?? focus })
      const closing = current && (current.open ? current.id : current.parent)
      if (closing) return ask({ open: toggled(graph, { id: closing, open: true }), at: undefined })
    },
  })
  return { toRegister, acts }
}

/** What depends on what: a layered drawing, and the same as a table. */
export function GraphPage() {
  const t = useWords(assetMessages)
  const format = useFormat()
  const { asked, ask, filters, entity } = useAsked()
  const { focus, at, by, open } = asked
  const whole: Query = { ...filters, entity, by, open, room: room(), show: at }
  const query: Query = focus ? { focus, hops: asked.hops } : whole
  const read = useGraph(query)
  const { data } = read
  const isLeftOut =
    at !== undefined &&
    focus === undefined &&
    data !== undefined &&
    !read.isPlaceholderData &&
    !data.boxes.some((one) => one.id === at)
  useEffect(() => {
    if (isLeftOut) ask({ focus: at, at: undefined })
  }, [isLeftOut, ask, at])
  const { toRegister, acts } = useActs(asked, ask, { ...filters, entity })
  return (
    <Page
      title={t.graph.title}
      wide
      lead={t.graph.lead}
      above={<Link to="/app/assets">{t.title}</Link>}
      actions={
        <SegmentedControl
          aria-label={t.graph.show}
          value={asked.as}
          onChange={(as) => ask({ as: as === 'table' ? 'table' : undefined })}
          data={[
            { value: 'drawing', label: t.graph.drawing },
            { value: 'table', label: t.graph.table },
          ]}
        />
      }
    >
      <GraphTools
        asked={asked}
        ask={ask}
        filters={filters}
        total={read.data?.total ?? null}
        onRegister={() => toRegister({})}
      />
      <Loaded read={read}>
        {(graph) =>
          graph.boxes.length === 0 ? (
            <Empty title={t.graph.nothing}>{t.graph.nothingText}</Empty>
          ) : (
            <>
              {graph.edgesLeft > 0 ? (
                <Notice tone="unknown" calm>
                  {t.graph.edgesLeft(format.number(graph.edgesLeft))}
                </Notice>
              ) : null}
              {asked.as === 'table' ? (
                <GraphTwin graph={graph} />
              ) : (
                <>
                  <GraphDrawing
                    // Another asset in the middle is another drawing.
                    key={focus ?? by}
                    graph={graph}
                    query={whole}
                    focus={focus ?? null}
                    start={focus ?? at ?? null}
                    {...acts(graph)}
                  />
                  <GraphLegend />
                </>
              )}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
