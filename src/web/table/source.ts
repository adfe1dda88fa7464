import { type UseQueryResult, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Page } from '../../kernel/page.ts'
import { call, type QueryValue } from '../client.ts'
import { useTimes } from '../frame/times.ts'
import { useLanguage } from '../i18n/language.tsx'
import type { Column, Filter } from './column.ts'
import type { View } from './view.ts'

/** Where a table's rows come from: `total` rows in all, of which `rows` are here. */
export type Source<T> = {
  rows: readonly T[]
  total: number
  loading: boolean
  error: unknown
  more: () => void
  again: () => void
}

/** Rows that the server sorts, filters and pages; read in pages of 200 as far as the reader scrolls. */
export function usePagedSource<T>(
  path: string,
  query: Readonly<Record<string, QueryValue>>,
  options: { timeless?: boolean } = {},
): Source<T> {
  const times = useTimes()
  const { language } = useLanguage()
  const at = options.timeless ? {} : times
  const read = useInfiniteQuery({
    queryKey: [path, 'pages', query, at, language],
    queryFn: ({ pageParam, signal }) =>
      call<Page<T>>('GET', path, { query: { ...query, ...at, limit: 200, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (before) => before,
  })
  const rows = useMemo(() => read.data?.pages.flatMap((page) => page.items) ?? [], [read.data])
  return {
    rows,
    total: read.data?.pages[0]?.total ?? rows.length,
    loading: read.isPending,
    error: read.isError && rows.length === 0 ? read.error : null,
    more: () => {
      if (read.hasNextPage && !read.isFetchingNextPage) read.fetchNextPage()
    },
    again: () => read.refetch(),
  }
}

function compare(a: string | number | null, b: string | number | null, collator: Intl.Collator): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
}

/** A short list that is here as a whole: filtered and sorted where it is. */
export function useListSource<T>(
  read: UseQueryResult<{ items: T[] }>,
  columns: readonly Column<T>[],
  filters: readonly Filter<T>[],
  view: View,
): Source<T> {
  const { language } = useLanguage()
  const items = read.data?.items ?? []
  const kept = items.filter((row) =>
    filters.every((filter) => {
      const wanted = view.filters[filter.key]
      return !wanted || filter.of === undefined || filter.of(row) === wanted
    }),
  )
  const by = columns.find((column) => column.key === view.sort?.key)?.by
  const collator = new Intl.Collator(language, { numeric: true })
  const sign = view.sort?.descending ? -1 : 1
  const rows = by ? kept.toSorted((a, b) => sign * compare(by(a), by(b), collator)) : kept
  return {
    rows,
    total: rows.length,
    loading: read.isPending,
    error: read.isError && items.length === 0 ? read.error : null,
    more: () => {},
    again: () => read.refetch(),
  }
}
