import { isOrdered } from '../kernel/interval.ts'
import type { Decision, Implementation, Link, Node, Occurrence, Together } from './facts.ts'
import { nodeKey, requirementKey } from './graph.ts'

/** Why a fact is not let in; machine-readable, the texts belong to who asks. */
export type Refusal =
  | { code: 'control_implements_itself'; linkId: string; controls: readonly string[] }
  | { code: 'link_to_itself'; linkId: string }
  | { code: 'link_from_requirement_to_control'; linkId: string }
  | { code: 'link_end_unknown'; linkId: string; key: string }
  | { code: 'link_repeated'; linkId: string; otherId: string }
  | { code: 'together_too_few'; togetherId: string }
  | { code: 'together_member_unlinked'; togetherId: string; controlId: string }
  | { code: 'together_requirement_unknown'; togetherId: string; key: string }
  | { code: 'interval_reversed'; id: string }
  | { code: 'stance_without_reason'; implementationId: string }
  | { code: 'stances_overlap'; implementationId: string }
  | { code: 'decision_without_justification'; decisionId: string }
  | { code: 'occurrence_due_before_period'; occurrenceId: string }

const isControl = (node: Node): node is { control: string } => 'control' in node

/** The controls that lead from one back to itself, over links between controls; null when it implements only others. */
function circle(start: string, next: ReadonlyMap<string, readonly string[]>): string[] | null {
  const before = new Map<string, string>()
  const open = [start]
  for (const control of open) {
    for (const to of next.get(control) ?? []) {
      if (to === start) {
        const path = [control]
        for (let at = before.get(control); at !== undefined; at = before.get(at)) path.unshift(at)
        return path
      }
      if (before.has(to)) continue
      before.set(to, control)
      open.push(to)
    }
  }
  return null
}

/** What is wrong with links among each other. `known` holds the node keys of requirements and controls that exist. */
export function linkRefusals(links: readonly Link[], known: ReadonlySet<string>): Refusal[] {
  const refusals: Refusal[] = []
  const next = new Map<string, string[]>()
  const pairs = new Map<string, string>()
  for (const { id: linkId, source, target } of links) {
    const [from, to] = [nodeKey(source), nodeKey(target)]
    for (const key of [from, to])
      if (!known.has(key)) refusals.push({ code: 'link_end_unknown', linkId, key })
    if (!isControl(source) && isControl(target))
      refusals.push({ code: 'link_from_requirement_to_control', linkId })
    if (!isControl(source) && from === to) refusals.push({ code: 'link_to_itself', linkId })
    const otherId = pairs.get(`${from} > ${to}`)
    if (otherId !== undefined) refusals.push({ code: 'link_repeated', linkId, otherId })
    pairs.set(`${from} > ${to}`, linkId)
    if (isControl(source) && isControl(target))
      next.set(source.control, [...(next.get(source.control) ?? []), target.control])
  }
  for (const { id: linkId, source, target } of links) {
    if (!isControl(source) || !isControl(target)) continue
    const controls = circle(source.control, next)
    if (controls?.includes(target.control))
      refusals.push({ code: 'control_implements_itself', linkId, controls })
  }
  return refusals.concat(
    links.filter((one) => !isOrdered(one)).map(({ id }) => ({ code: 'interval_reversed', id })),
  )
}

/** A group names at least two controls, each with a link of its own to the requirement. */
export function togetherRefusals(
  { id: togetherId, controls, requirement, from, to }: Together,
  links: readonly Link[],
  known: ReadonlySet<string>,
): Refusal[] {
  const key = requirementKey(requirement)
  const linked = new Set(
    links.flatMap(({ source, target }) =>
      isControl(source) && nodeKey(target) === key ? source.control : [],
    ),
  )
  const refusals: Refusal[] = [...new Set(controls)]
    .filter((controlId) => !linked.has(controlId))
    .map((controlId) => ({ code: 'together_member_unlinked', togetherId, controlId }))
  if (new Set(controls).size < 2) refusals.push({ code: 'together_too_few', togetherId })
  if (!known.has(key)) refusals.push({ code: 'together_requirement_unknown', togetherId, key })
  if (!isOrdered({ from, to })) refusals.push({ code: 'interval_reversed', id: togetherId })
  return refusals
}

/** What an organisation leaves out or has not done, it says why; and it says one thing at a time. */
export function implementationRefusals({ id: implementationId, stances }: Implementation): Refusal[] {
  const refusals: Refusal[] = []
  const inTurn = [...stances].sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))
  inTurn.forEach((one, at) => {
    if (!isOrdered(one)) refusals.push({ code: 'interval_reversed', id: implementationId })
    if (one.stance === 'excluded' && (one.reason ?? '').trim() === '')
      refusals.push({ code: 'stance_without_reason', implementationId })
    const before = inTurn[at - 1]
    if (before && (before.to === null || one.from === null || one.from <= before.to))
      refusals.push({ code: 'stances_overlap', implementationId })
  })
  return refusals
}

export function decisionRefusals({ id, justification, from, to }: Decision): Refusal[] {
  const refusals: Refusal[] = isOrdered({ from, to }) ? [] : [{ code: 'interval_reversed', id }]
  return justification.trim() === ''
    ? [...refusals, { code: 'decision_without_justification', decisionId: id }]
    : refusals
}

export const occurrenceRefusals = ({ id, periodFrom, periodTo, dueBy }: Occurrence): Refusal[] => [
  ...(periodTo < periodFrom ? [{ code: 'interval_reversed' as const, id }] : []),
  ...(dueBy < periodFrom ? [{ code: 'occurrence_due_before_period' as const, occurrenceId: id }] : []),
]
