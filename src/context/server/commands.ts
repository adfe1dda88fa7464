import type { Context } from '../../db/context.ts'
import { everyOf } from '../../db/loaded.ts'
import { saveAll } from '../../db/save.ts'
import { type FieldProblem, fieldProblem } from '../../kernel/error.ts'
import { type Issue, issue } from '../issue.ts'
import { linkProblems, type Obligation, obligation } from '../obligation.ts'
import { type Party, party, partyProblems } from '../party.ts'
import {
  changeInput,
  changeManyKept,
  createKept,
  endKept,
  type KeptNoun,
  updateKept,
} from './kept-commands.ts'
import { serviceProblems } from './references.ts'

/** Obligations that would name a party after its last day. */
async function citers(ctx: Context, one: Party): Promise<FieldProblem[]> {
  const { to } = one
  if (to === null) return []
  const after = [...(await everyOf(ctx, obligation)).values()].filter(
    (each) => each.partyId === one.id && (each.to === null || each.to > to),
  )
  const keys = after
    .map((each) => each.key)
    .sort()
    .slice(0, 20)
    .join(', ')
  return after.length > 0 ? [fieldProblem('/to', 'party.still_cited', { keys })] : []
}

const partyInput = party.schema.omit({ id: true, version: true, reviews: true, former: true })

export const partyNoun: KeptNoun<Party, Omit<Party, 'id' | 'version' | 'reviews' | 'former'>> = {
  noun: 'interested-party',
  schema: party.schema,
  createInput: partyInput,
  updateInput: party.schema.omit({ reviews: true }).partial({ former: true }).extend(changeInput),
  make: (input, rest) => ({ ...input, ...rest }),
  change: (one, change) => ({ ...one, ...change }),
  every: (ctx) => everyOf(ctx, party),
  save: (ctx, ...rest) => saveAll(ctx, party, ...rest),
  problems: async (ctx, one) => [...partyProblems(one), ...(await citers(ctx, one))],
}

const issueInput = issue.schema.omit({ id: true, version: true, reviews: true, former: true })

export const issueNoun: KeptNoun<Issue, Omit<Issue, 'id' | 'version' | 'reviews' | 'former'>> = {
  noun: 'context-issue',
  schema: issue.schema,
  createInput: issueInput,
  updateInput: issue.schema.omit({ reviews: true }).partial({ former: true }).extend(changeInput),
  make: (input, rest) => ({ ...input, ...rest }),
  change: (one, change) => ({ ...one, ...change }),
  every: (ctx) => everyOf(ctx, issue),
  save: (ctx, ...rest) => saveAll(ctx, issue, ...rest),
  problems: () => [],
}

async function partyUnknown(ctx: Context, one: Obligation): Promise<FieldProblem[]> {
  if (one.partyId === null || (await everyOf(ctx, party)).has(one.partyId)) return []
  return [fieldProblem('/partyId', 'record.reference_unknown')]
}

const obligationInput = obligation.schema.omit({ id: true, version: true, reviews: true, former: true })

export const obligationNoun: KeptNoun<
  Obligation,
  Omit<Obligation, 'id' | 'version' | 'reviews' | 'former'>
> = {
  noun: 'obligation',
  schema: obligation.schema,
  createInput: obligationInput,
  updateInput: obligation.schema.omit({ reviews: true }).partial({ former: true }).extend(changeInput),
  make: (input, rest) => ({ ...input, ...rest }),
  change: (one, change) => ({ ...one, ...change }),
  every: (ctx) => everyOf(ctx, obligation),
  save: (ctx, ...rest) => saveAll(ctx, obligation, ...rest),
  problems: async (ctx, one) => [
    ...linkProblems(one, ctx.catalogue.editions),
    ...(await serviceProblems(ctx, one.serviceIds)),
    ...(await partyUnknown(ctx, one)),
  ],
}

export const createParty = createKept(partyNoun)
export const updateParty = updateKept(partyNoun)
export const endParty = endKept(partyNoun)
export const changeParties = changeManyKept(partyNoun)

export const createIssue = createKept(issueNoun)
export const updateIssue = updateKept(issueNoun)
export const endIssue = endKept(issueNoun)
export const changeIssues = changeManyKept(issueNoun)

export const createObligation = createKept(obligationNoun)
export const updateObligation = updateKept(obligationNoun)
export const endObligation = endKept(obligationNoun)
export const changeObligations = changeManyKept(obligationNoun)
