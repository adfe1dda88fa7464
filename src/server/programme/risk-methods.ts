import { fieldProblem } from '../../kernel/error.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { approvalProblems } from '../../people/approval.ts'
import { type RiskMethod, riskMethod } from '../../risks/method.ts'
import { methodProblems } from '../../risks/method-rules.ts'
import { startingMethod } from '../../risks/starting-method.ts'
import { bringAll, everyRecord, idOf, noteLeft, type Run, type Wanted } from './run.ts'
import type { RiskMethodPart } from './schema-risks.ts'

async function wantedOf(
  run: Run,
  part: RiskMethodPart,
  at: number,
  before?: RiskMethod,
): Promise<Wanted<RiskMethod>> {
  const path = ['riskMethods', at]
  const { number, effectiveFrom, unreviewed, authors, drafted, approved, withdrawn, ...content } = part
  const authorIds: Id[] = []
  for (const key of authors) authorIds.push(await idOf(run, 'person', key, [...path, 'authors']))
  const said = Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined))
  const after: RiskMethod = {
    ...(before ?? startingMethod),
    ...said,
    id: before?.id ?? newId(run.ctx.random),
    version: before?.version ?? 0,
    ...{ number, effectiveFrom, unreviewed, authorIds, draftedOn: drafted, withdrawn },
    approval: approved && {
      personId: await idOf(run, 'person', approved.by, [...path, 'approved', 'by']),
      on: approved.on,
    },
  }
  return { key: String(number), path, before, after }
}

function problemsOf({ before, after }: Wanted<RiskMethod>, today: string) {
  const { approval, draftedOn } = after
  const contentOf = ({ version: _, withdrawn: _w, ...rest }: RiskMethod) => JSON.stringify(rest)
  const settled = before?.approval != null && contentOf(before) !== contentOf(after)
  return [
    ...methodProblems(after),
    ...(approval ? approvalProblems({ ...after, approval: null, withdrawn: null }, approval.personId) : []),
    ...(draftedOn > today || (approval?.on ?? today) > today
      ? [fieldProblem('/drafted', 'risk.in_future', { day: approval?.on ?? draftedOn, today })]
      : []),
    ...(approval !== null && approval.on < draftedOn
      ? [fieldProblem('/approved', 'interval.end_before_start', { from: draftedOn, to: approval.on })]
      : []),
    ...(settled ? [fieldProblem('', 'risk_method.not_draft', { number: after.number })] : []),
  ]
}

/** The versions of the method as the file says. An approval in it is history: the log says who brought it. */
export async function bringRiskMethods(run: Run): Promise<ReadonlyMap<number, RiskMethod>> {
  const { ctx, programme: file } = run
  const present = new Map((await everyRecord(ctx, riskMethod)).map((one) => [one.number, one]))
  const wanted: Wanted<RiskMethod>[] = []
  for (const [at, part] of file.riskMethods.entries())
    wanted.push(await wantedOf(run, part, at, present.get(part.number)))
  const saved = await bringAll(
    run,
    {
      ...{ type: riskMethod, created: 'risk-method.drafted', updated: 'risk-method.updated' },
      needs: ({ after }) => [
        { permission: 'risk-method.draft', scope: 'organisation' },
        ...(after.approval ? [{ permission: 'risk-method.approve', scope: 'organisation' as const }] : []),
      ],
      problems: (one) => problemsOf(one, ctx.today),
    },
    wanted,
  )
  noteLeft(
    run,
    riskMethod.noun,
    [...present.keys()].map(String),
    file.riskMethods.map((part) => String(part.number)),
  )
  return new Map([...present.values(), ...saved].map((one) => [one.number, one]))
}
