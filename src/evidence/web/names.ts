import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { Page } from '../../kernel/page.ts'
import { call } from '../../web/client.ts'
import { useRead } from '../../web/data.ts'
import { useMay } from '../../web/frame/me.ts'
import { useTimes } from '../../web/frame/times.ts'
import { useFormat } from '../../web/i18n/format.ts'

type Named = { id: Id; name: LocalText }
type ControlName = Named & { code: string }
export type ImplementationName = { id: Id; controlId: Id; entityId: Id; serviceId: Id | null }

// Beyond this a name is shown only where the answer itself carries it.
const mostPages = 10

/** All rows of a register whose names other lists need, read in the background page by page. */
function useAll<T>(path: string, enabled: boolean): readonly T[] {
  const times = useTimes()
  const read = useInfiniteQuery({
    queryKey: [path, 'all', times],
    queryFn: ({ pageParam, signal }) =>
      call<Page<T>>('GET', path, { query: { ...times, limit: 200, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last, pages) => (pages.length < mostPages ? last.nextCursor : null),
    staleTime: 60_000,
    enabled,
  })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = read
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  return useMemo(() => read.data?.pages.flatMap((page) => page.items) ?? [], [read.data])
}

/** The names of everything that evidence cites by id, as far as this reader may know them. */
export function useNames() {
  const format = useFormat()
  const may = useMay()
  const entities = useRead<{ items: (Named & { parentId: Id | null })[] }>('/api/entities').data?.items ?? []
  const people = useAll<Named>('/api/people', may('person.read'))
  const controls = useAll<ControlName>('/api/controls', may('control.read'))
  const implementations = useAll<ImplementationName>('/api/implementations', may('implementation.read'))
  const index = useMemo(
    () => ({
      entities: new Map(entities.map((one) => [one.id, one])),
      people: new Map(people.map((one) => [one.id, one])),
      controls: new Map(controls.map((one) => [one.id, one])),
      implementations: new Map(implementations.map((one) => [one.id, one])),
    }),
    [entities, people, controls, implementations],
  )
  const control = (implementationId: Id): ControlName | null =>
    index.controls.get(index.implementations.get(implementationId)?.controlId ?? '') ?? null
  return {
    entities,
    implementations,
    entity: (id: Id) => format.text(index.entities.get(id)?.name),
    person: (id: Id | null | undefined) => format.text(index.people.get(id ?? '')?.name),
    /** The control behind an implementation; null while unknown. */
    control,
    /** What an implementation is called in a list: its control and where it is carried out. */
    implementation: (id: Id) => {
      const one = index.implementations.get(id)
      const of = control(id)
      return one && of
        ? `${of.code} ${format.text(of.name)} · ${format.text(index.entities.get(one.entityId)?.name)}`
        : ''
    },
  }
}

export type Names = ReturnType<typeof useNames>
