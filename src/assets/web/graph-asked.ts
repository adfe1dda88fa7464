import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useEntityScope } from '../../web/frame/times.ts'

/** What the register and the drawing can both be narrowed to. */
export const filterKeys = [
  'text',
  'kind',
  'classification',
  'service',
  'owner',
  'personal',
  'card',
  'valued',
  'use',
  'needs',
  'neededBy',
] as const

export type Filters = Partial<Record<(typeof filterKeys)[number], string>>

/** The filters in an address. */
export function filtersIn(search: object): Filters {
  const found = search as Record<string, unknown>
  return Object.fromEntries(
    filterKeys.flatMap((key) =>
      // A number in an address is read as one.
      ['string', 'number'].includes(typeof found[key]) && found[key] !== ''
        ? [[key, String(found[key])]]
        : [],
    ),
  )
}

export const groupings = ['entity', 'kind'] as const

type Grouping = (typeof groupings)[number]

type Asked = {
  by: Grouping
  /** As the server takes it; undefined leaves it to the server. */
  open: string | undefined
  /** An asset to be shown within the whole drawing. */
  at: string | undefined
  focus: string | undefined
  hops: number
  as: 'drawing' | 'table'
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** What is looked at stands in the address, so that a link leads to it and Back returns. */
export function useAsked() {
  const navigate = useNavigate()
  const search: Record<string, unknown> = useSearch({ strict: false })
  const entity = useEntityScope()
  const asked: Asked = {
    by: search.by === 'kind' ? 'kind' : 'entity',
    open: textOf(search.open),
    at: textOf(search.at),
    focus: textOf(search.focus),
    hops: Math.min(3, Math.max(1, Number(search.hops) || 2)),
    as: search.as === 'table' ? 'table' : 'drawing',
  }
  const filters = useMemo(() => filtersIn(search), [search])
  const ask = useCallback(
    (part: Partial<Record<keyof Asked | keyof Filters, string | number | undefined>>) =>
      navigate({ to: '.', search: (before: object) => ({ ...before, ...part }) }),
    [navigate],
  )
  return { asked, ask, filters, entity }
}
