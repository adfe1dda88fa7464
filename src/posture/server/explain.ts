import type { z } from 'zod'
import type { Catalogue } from '../../frameworks/catalogue.ts'
import { linksAt } from '../../frameworks/library.ts'
import type { LocalText } from '../../kernel/language.ts'
import type { JointCover, Reaching, Step } from '../answer.ts'
import type { Unit } from '../facts.ts'
import type { HeldPosture } from '../held.ts'
import type { Reason } from '../reason.ts'
import type { Names } from './names.ts'
import type { ReasonAnswer, reachingSchema } from './shapes.ts'

/** Words of the organisation travel through the engine as JSON, in their languages; a missed one's reason is one text. */
function wordsOf(said: string | null | undefined): LocalText | null {
  if (said === null || said === undefined || said === '') return null
  if (!said.startsWith('{')) return { en: said, ja: said }
  try {
    return JSON.parse(said) as LocalText
  } catch {
    return { en: said, ja: said }
  }
}

export const localWords = wordsOf

type AnyReason = Partial<{
  on: string
  from: string
  until: string | null
  dueBy: string
  late: boolean
  reason: string | null
  evidenceId: string
  occurrenceId: string
  checkId: string
  resourceId: string
}>

/** A reason with its ids turned into names. */
export function explained(reason: Reason, names: Names): ReasonAnswer {
  const it = reason as AnyReason
  return {
    code: reason.code,
    days: {
      on: it.on || null,
      from: it.from || null,
      until: it.until ?? null,
      dueBy: it.dueBy ?? null,
    },
    late: it.late ?? false,
    said: wordsOf(it.reason),
    evidence: it.evidenceId === undefined ? null : names.evidence(it.evidenceId),
    occurrence: it.occurrenceId ?? null,
    check: it.checkId === undefined ? null : names.check(it.checkId),
    asset: it.resourceId === undefined ? null : names.asset(it.resourceId),
  }
}

type Around = { catalogue: Catalogue; held: Pick<HeldPosture, 'controls'> }

/** The rationale of the link behind a step, where a person or the common library gave one. */
function whyOf(link: string | null, { catalogue, held }: Around): LocalText | null {
  const [kind = '', controlId = '', ...rest] = link?.split(':') ?? []
  const one = held.controls.get(controlId)
  if (one === undefined) return null
  if (kind === 'control') return one.controlLinks.find((each) => each.controlId === rest[0])?.why ?? null
  const [edition = '', ...id] = rest
  const requirement = id.join(':')
  if (kind === 'own')
    return (
      one.requirementLinks.find((each) => each.edition === edition && each.requirement === requirement)
        ?.why ?? null
    )
  const shipped = linksAt(catalogue.library, one.libraryVersion).get(edition)?.links ?? []
  return (
    shipped.find((each) => each.control === one.libraryId && each.requirements.includes(requirement))?.why ??
    null
  )
}

const nameOfNode = (to: Step['to'], names: Names): string =>
  'control' in to ? names.control(to.control).code : to.requirement

const isElsewhere = (at: Unit | null, unit: Unit): boolean =>
  at !== null && (at.entityId !== unit.entityId || at.serviceId !== unit.serviceId)

export const reachingAnswer = (
  one: Reaching,
  unit: Unit,
  names: Names,
  around: Around,
): z.output<typeof reachingSchema> => ({
  control: names.control(one.controlId),
  state: one.state,
  relationship: one.relationship,
  path: one.path.map(({ relationship, to, link }) => ({
    relationship,
    to: nameOfNode(to, names),
    why: whyOf(link, around),
  })),
  implementationId: one.implementationId,
  owner: names.owner(one.implementationId, one.controlId),
  inherited: isElsewhere(one.at, unit),
  inheritedFrom: one.at !== null && isElsewhere(one.at, unit) ? names.unit(one.at) : null,
  reasons: one.reasons.map((reason) => explained(reason, names)),
})

/** Why a group covers a requirement between its members, from where it was declared. */
export function whyTogether(group: JointCover, { catalogue, held }: Around): LocalText | null {
  const [kind = '', first = '', second = '', third = ''] = group.together.split(':')
  if (kind === 'own') return held.controls.get(first)?.together[Number(second)]?.why ?? null
  const { links, past } = catalogue.library
  // The version that is here has the first word; a group of an earlier one is told as it stood there.
  for (const version of [links, ...[...past.values()].reverse()]) {
    const shipped = version.get(first)?.together ?? []
    const found = shipped.find((each) => each.requirement === second && each.controls.join('+') === third)
    if (found) return found.why
  }
  return null
}
