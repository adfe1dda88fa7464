import { QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiProblem, call, type QueryValue } from './client.ts'
import { useTimes } from './frame/times.ts'
import { useLanguage } from './i18n/language.tsx'

/** The cache of what the server said. A refusal is final; only a lost connection is tried again. */
export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => count < 2 && error instanceof ApiProblem && [0, 503].includes(error.status),
      },
    },
  })

/** Reads from the API, at the day and with the knowledge that the reader chose in the top bar. */
export function useRead<T>(path: string, query: Readonly<Record<string, QueryValue>> = {}, enabled = true) {
  const times = useTimes()
  const { language } = useLanguage()
  return useQuery<T>({
    queryKey: [path, query, times, language],
    queryFn: ({ signal }) => call<T>('GET', path, { query: { ...query, ...times }, signal }),
    enabled,
  })
}

/** Reads what has no past: the session, the log, sign-in methods. */
export function useReadNow<T>(
  path: string,
  query: Readonly<Record<string, QueryValue>> = {},
  enabled = true,
) {
  const { language } = useLanguage()
  return useQuery<T>({
    queryKey: [path, query, 'now', language],
    queryFn: ({ signal }) => call<T>('GET', path, { query, signal }),
    enabled,
  })
}

/** Changes something and reads everything on the screen again: a change may show in places that nobody listed. */
export function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation<Output, ApiProblem, Input>({
    mutationFn: change,
    onSuccess: () => cache.invalidateQueries(),
  })
}
