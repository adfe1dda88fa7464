import { useNavigate, useSearch } from '@tanstack/react-router'

/** What is open over a page, by the address: going back closes it, and a link can open it. */
export function useOpen<Name extends string = string>() {
  const navigate = useNavigate()
  const { open }: { open?: Name } = useSearch({ strict: false })
  const show = (next?: Name) => navigate({ to: '.', search: (before: object) => ({ ...before, open: next }) })
  return { open, show }
}
