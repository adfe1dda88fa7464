import type { LocalText } from '../../kernel/language.ts'
import { call } from '../../web/client.ts'
import { changedFromOf, type WithChangedFrom } from '../../web/form/ChangedFrom.tsx'
import { type Form, type FormOptions, useForm } from '../../web/form/useForm.ts'
import type { Kept } from '../kept.ts'

/** What the forms of all entries hold in common. */
export type KeptDraft = WithChangedFrom & {
  key: string
  name: LocalText
  entityIds: string[]
  ownerId: string | null
  reviewMonths: number | null
  from: string | null
  to: string | null
  reason: string
}

export const blankKept = (today: string): KeptDraft => ({
  ...{ key: '', name: {}, entityIds: [], ownerId: null, reviewMonths: 12, from: today, to: null, reason: '' },
  changedFrom: null,
})

export const keptDraftOf = (one: Kept & { name: LocalText }): KeptDraft => {
  const { key, name, entityIds, ownerId, reviewMonths, from, to } = one
  return { key, name, entityIds, ownerId, reviewMonths, from, to, changedFrom: null, reason: '' }
}

type Entry = { id: string; version: number; ownerId: string | null; reviewMonths: number | null }

/** Whether it goes to somebody else, or is looked at in another rhythm: such a change has a day. */
export const isMoved = (one: Moved | null, draft: Moved): boolean =>
  one !== null && (one.ownerId !== draft.ownerId || one.reviewMonths !== draft.reviewMonths)

type Moved = Pick<KeptDraft, 'ownerId' | 'reviewMonths'>

type KeptFormParts<Draft extends KeptDraft, One extends Entry> = {
  address: string
  one: One | null
  initial: Draft
  draftOf: (one: One) => Draft
  onClose: () => void
}

/** The state of the form of an entry: sends it as new or as a change, and meets somebody else's change. */
export function useKeptForm<Draft extends KeptDraft, One extends Entry>(
  parts: KeptFormParts<Draft, One>,
): Form<Draft & { version?: number }> {
  const { address, one, initial, draftOf, onClose } = parts
  const withVersion = (from: One) => ({ ...draftOf(from), version: from.version })
  const options: FormOptions<Draft & { version?: number }, unknown> = {
    initial: one ? withVersion(one) : initial,
    save: ({ version, reason, changedFrom, ...body }, idempotencyKey) =>
      one && version !== undefined
        ? call('PUT', `${address}/${one.id}`, {
            body: {
              ...{ ...body, reason: reason.trim() || null },
              ...changedFromOf({ changedFrom }, isMoved(one, body)),
            },
            version,
          })
        : call('POST', address, { body, idempotencyKey }),
    onSaved: onClose,
    ...(one ? { latest: async () => withVersion(await call<One>('GET', `${address}/${one.id}`)) } : {}),
  }
  return useForm(options)
}
