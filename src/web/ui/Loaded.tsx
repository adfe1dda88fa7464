import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/catalogue.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Bones } from './Empty.tsx'
import { Failure } from './Notice.tsx'

/** Shows what was read, its bones while it is on the way, or why it did not come with a way to ask again. */
export function Loaded<T>({
  read,
  children,
}: {
  read: UseQueryResult<T>
  children: (data: T) => ReactNode
}): ReactNode {
  const t = useWords(shellMessages)
  if (read.data !== undefined) return children(read.data)
  if (!read.isError) return <Bones label={t.loading} />
  return (
    <Failure
      error={read.error}
      action={
        <Button variant="default" onClick={() => read.refetch()}>
          {t.failure.again}
        </Button>
      }
    />
  )
}
