import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { ApiProblem, type FieldError } from '../client.ts'

export type FormOptions<Values extends object, Saved> = {
  initial: Values
  /** Sends the values. The key stays the same while the values do, so that a retry cannot happen twice. */
  save: (values: Values, idempotencyKey: string) => Promise<Saved>
  /** Reads the record again after somebody else changed it, for the choice between theirs and yours. */
  latest?: () => Promise<Values>
  onSaved: (saved: Saved) => void
}

/** What fields need of a form; any form that holds their values among others has it. */
export type FormPart<Values extends object> = {
  values: Values
  /** Sets several values at once. */
  patch: (part: Partial<Values>) => void
  /** What the server found wrong at a pointer or below it. */
  error: (pointer: string) => string | null
}

export type Form<Values extends object> = FormPart<Values> & {
  set: <Key extends keyof Values>(key: Key, value: Values[Key]) => void
  problem: unknown
  dirty: boolean
  saving: boolean
  /** The record as somebody else left it, while a conflict waits for a choice. */
  theirs: Values | null
  resolve: (values: Values) => void
  submit: () => Promise<void>
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

const below = (pointer: string) => (field: FieldError) =>
  field.pointer === pointer || field.pointer.startsWith(`${pointer}/`)

/** The state of a form: its values, what is wrong with them, and what happens when they are saved. */
export function useForm<Values extends object, Saved>(options: FormOptions<Values, Saved>): Form<Values> {
  const cache = useQueryClient()
  const [base] = useState(options.initial)
  const [values, setValues] = useState(options.initial)
  const [problem, setProblem] = useState<unknown>(null)
  const [saving, setSaving] = useState(false)
  const [theirs, setTheirs] = useState<Values | null>(null)
  const sent = useRef({ body: '', key: '' })

  const keyFor = (body: Values) => {
    const text = JSON.stringify(body)
    if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() }
    return sent.current.key
  }
  const submit = async () => {
    if (saving) return
    setSaving(true)
    setProblem(null)
    try {
      const saved = await options.save(values, keyFor(values))
      await cache.invalidateQueries()
      options.onSaved(saved)
    } catch (error) {
      const changed = error instanceof ApiProblem && error.code === 'record.changed_meanwhile'
      if (changed && options.latest) setTheirs(await options.latest())
      else setProblem(error)
    } finally {
      setSaving(false)
    }
  }
  const set: Form<Values>['set'] = useCallback(
    (key, value) => setValues((before) => ({ ...before, [key]: value })),
    [],
  )
  const patch: Form<Values>['patch'] = useCallback(
    (part) => setValues((before) => ({ ...before, ...part })),
    [],
  )
  const error = (pointer: string) => {
    const fields = problem instanceof ApiProblem ? problem.fields : []
    return fields.find(below(pointer))?.detail ?? null
  }
  const resolve = (merged: Values) => {
    setValues(merged)
    setTheirs(null)
  }
  return { values, set, patch, error, problem, dirty: !same(base, values), saving, theirs, resolve, submit }
}
