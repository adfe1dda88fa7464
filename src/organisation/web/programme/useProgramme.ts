import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useChange } from '../../../web/data.ts'
import {
  ask,
  fileLimit,
  type Given,
  given,
  isProgramme,
  isYaml,
  type Request,
  requestOf,
  send,
  textLimit,
} from './files.ts'
import type { Plan } from './shapes.ts'

type Compared = { request: Request; plan: Plan | null }

type TooLarge = { name: string; limit: number }

/** A programme on its way: its text, the files beside it, what it would change, and what it changed. */
export function useProgramme() {
  const [text, setText] = useState('')
  const [files, setFiles] = useState<readonly Given[]>([])
  const [tooLarge, setTooLarge] = useState<readonly TooLarge[]>([])
  const [sending, setSending] = useState<string | null>(null)
  const compare = useMutation({
    mutationFn: async ([programme, all]: [string, readonly Given[]]): Promise<Compared> => {
      const request = await requestOf(programme, all)
      return { request, plan: request.absent.includes.length > 0 ? null : await ask('plan', request) }
    },
  })
  const apply = useChange(async ({ request, plan }: { request: Request; plan: Plan }) => {
    try {
      for (const digest of plan.missing) {
        const file = request.bytes.get(digest)
        if (!file) continue
        setSending(file.path)
        await send(file)
      }
      return await ask('apply', request)
    } finally {
      setSending(null)
    }
  })
  // What was compared is no longer what is here.
  const forget = () => {
    compare.reset()
    apply.reset()
  }
  const take = useMutation({
    mutationFn: async (dropped: readonly File[]) => {
      const limitOf = ({ name }: File) => (isYaml(name) ? textLimit : fileLimit)
      const refused = dropped.filter((file) => file.size > limitOf(file))
      setTooLarge(refused.map((file) => ({ name: file.name, limit: limitOf(file) })))
      let main: string | null = null
      const beside: Given[] = []
      for (const file of dropped.filter((one) => !refused.includes(one))) {
        const content = isYaml(file.name) ? await file.text() : null
        if (content !== null && main === null && (await isProgramme(content))) main = content
        else beside.push(await given(file))
      }
      forget()
      if (main !== null) setText(main)
      setFiles((before) => [...before, ...beside])
    },
  })
  /** One file for one path that the programme names, whatever the file is called. */
  const takeFor = async (path: string, file: File) => {
    const one = await given(file, path)
    const all = [...files, one]
    setFiles(all)
    compare.mutate([text, all])
  }
  return {
    text,
    files,
    tooLarge,
    sending,
    compare,
    apply,
    take,
    takeFor,
    write: (next: string) => {
      forget()
      setText(next)
    },
    restart: () => {
      forget()
      take.reset()
      setText('')
      setFiles([])
      setTooLarge([])
    },
  }
}
