import { type Id, newId } from '../../src/kernel/id.ts'
import type { Random } from '../../src/kernel/random.ts'
import { routes } from '../../src/server/nouns.ts'
import { type Fixture, rows } from '../integration/matrix-rows.ts'
import type { Home } from './world.ts'

export type AnyRoute = (typeof routes)[number]

export const titleOf = (route: AnyRoute) => `${route.method} ${route.path}`

/** Ids that name nothing: a request with them passes its schema and then finds nothing. */
export function strangerIds(home: Home, random: Random): Fixture {
  const id = (): Id => newId(random)
  const names = [
    'entity',
    'service',
    'person',
    'grant',
    'key',
    'certificate',
    'document',
    'text',
    'request',
    'erasure',
    'overlay',
    'asset',
    'programme',
    'control',
    'implementation',
    'evidence',
    'check',
    'file',
    'occurrence',
    'feed',
    'party',
    'issue',
    'obligation',
    'scopeStatement',
    'ismsRole',
    'objective',
    'riskMethod',
    'risk',
    'riskAcceptance',
    'statement',
    'namedDocument',
  ] as const
  const ids = Object.fromEntries(names.map((name) => [name, id()])) as Record<(typeof names)[number], Id>
  return { ...ids, home }
}

/** The address of a route with its parameters filled in, `changed` before all others. */
export function addressOf(route: AnyRoute, ids: Fixture, changed: Record<string, string> = {}): string {
  const row = rows[titleOf(route)] ?? {}
  const parts: Record<string, string> = {
    ...row.path,
    ...(row.names ? { id: ids[row.names] } : {}),
    ...changed,
  }
  return route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(parts[name] ?? name))
}

export const bodyOf = (route: AnyRoute, ids: Fixture): Record<string, unknown> | undefined =>
  rows[titleOf(route)]?.body?.(ids)

/** The names of the parameters of a route's address. */
export const parametersOf = (route: AnyRoute): string[] =>
  [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')

export const commands = routes.filter(({ operation }) => operation.kind === 'command')
export const queries = routes.filter(({ operation }) => operation.kind === 'query')

type Path = readonly (string | number)[]

/** Every place inside a JSON value, with what stands there. */
export function* places(value: unknown, path: Path = []): Generator<{ path: Path; value: unknown }> {
  if (path.length > 0) yield { path, value }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value))
    yield* places(inner, [...path, Array.isArray(value) ? Number(key) : key])
}

/** A copy of a JSON value with another value at one place. */
export function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by
  const copy: unknown = structuredClone(value)
  const inner = (copy as Record<string, unknown>)[first]
  return Object.assign(copy as object, { [first]: replaced(inner, rest, by) })
}

export const pointerOf = (path: Path): string => path.map((part) => `/${part}`).join('')
