import type { Id } from '../kernel/id.ts'
import { type Language, type LocalText, languages } from '../kernel/language.ts'
import { type Stretch, wordDiff } from '../kernel/word-diff.ts'
import type { ScopeStatement } from './scope-statement.ts'

export type TextChange = { language: Language; stretches: Stretch[] }

export type ListChange = { added: Id[]; removed: Id[] }

/** A part with a name: what was put in, taken out, or changed in its words. */
export type PartChange =
  | { kind: 'added' | 'removed'; name: LocalText; texts: LocalText[] }
  | { kind: 'changed'; name: LocalText; changes: TextChange[] }

export type ScopeDiff = {
  scope: TextChange[]
  boundaries: TextChange[]
  entities: ListChange
  services: ListChange
  interfaces: PartChange[]
  exclusions: PartChange[]
}

/** The languages in which a text changed, each with its words. */
function textChanges(before: LocalText | null, after: LocalText | null): TextChange[] {
  return languages.flatMap((language) => {
    const [old, now] = [before?.[language] ?? '', after?.[language] ?? '']
    return old === now ? [] : [{ language, stretches: wordDiff(old, now) }]
  })
}

const listChange = (before: readonly Id[], after: readonly Id[]): ListChange => ({
  added: after.filter((id) => !before.includes(id)),
  removed: before.filter((id) => !after.includes(id)),
})

const sameName = (a: LocalText, b: LocalText) => a.en === b.en && a.ja === b.ja

type Part = { name: LocalText; texts: LocalText[] }

/** Parts are the same part when they have the same name; another name is another part. */
function partChanges(before: readonly Part[], after: readonly Part[]): PartChange[] {
  const found = after.flatMap((now): PartChange[] => {
    const old = before.find((one) => sameName(one.name, now.name))
    if (!old) return [{ kind: 'added', ...now }]
    const changes = now.texts.flatMap((text, index) => textChanges(old.texts[index] ?? null, text))
    return changes.length > 0 ? [{ kind: 'changed', name: now.name, changes }] : []
  })
  const gone = before.filter((old) => !after.some((now) => sameName(now.name, old.name)))
  return [...gone.map((old): PartChange => ({ kind: 'removed', ...old })), ...found]
}

type Content = Pick<
  ScopeStatement,
  'scope' | 'boundaries' | 'entityIds' | 'serviceIds' | 'interfaces' | 'exclusions'
>

const interfaceParts = ({ interfaces }: Content): Part[] =>
  interfaces.map((one) => ({ name: one.name, texts: [one.with, one.description] }))

const exclusionParts = ({ exclusions }: Content): Part[] =>
  exclusions.map((one) => ({ name: one.what, texts: [one.justification] }))

/** What changed from one version of a scope statement to another. */
export const scopeDiff = (before: Content, after: Content): ScopeDiff => ({
  scope: textChanges(before.scope, after.scope),
  boundaries: textChanges(before.boundaries, after.boundaries),
  entities: listChange(before.entityIds, after.entityIds),
  services: listChange(before.serviceIds, after.serviceIds),
  interfaces: partChanges(interfaceParts(before), interfaceParts(after)),
  exclusions: partChanges(exclusionParts(before), exclusionParts(after)),
})

export const isUnchanged = (diff: ScopeDiff): boolean =>
  [diff.scope, diff.boundaries, diff.interfaces, diff.exclusions].every((list) => list.length === 0) &&
  [diff.entities, diff.services].every((list) => list.added.length + list.removed.length === 0)
