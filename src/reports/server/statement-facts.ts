import type { Context } from '../../db/context.ts'
import { notFound } from '../../kernel/error.ts'
import type { Id } from '../../kernel/id.ts'
import type { LocalText } from '../../kernel/language.ts'
import { peopleNamed } from '../../people/server/name-queries.ts'
import { lastDayBy } from '../../programmes/programme.ts'
import { editionOf, findProgramme } from '../../programmes/server/queries.ts'
import { gapsOf, totalsOf } from '../../soa/gaps.ts'
import { statementOf } from '../../soa/server/facts-queries.ts'
import { labelsOf } from '../../soa/server/labels-queries.ts'
import { findVersion } from '../../soa/server/versions-queries.ts'
import type { StatementFacts } from '../content/statement.ts'

/** The rows of a kept version, word for word, or those of the day. */
async function rowsFor(ctx: Context, programmeId: Id, versionId: Id | null) {
  const programme = await findProgramme(ctx, programmeId)
  if (versionId === null)
    return {
      programme,
      edition: programme.edition,
      rows: await statementOf(ctx, programme, ctx.asOf),
      kept: null,
    }
  const version = await findVersion(ctx, versionId)
  if (version.programmeId !== programmeId) throw notFound('soa')
  return { programme, edition: version.edition, rows: version.rows, kept: version }
}

export async function statementFacts(
  ctx: Context,
  programmeId: Id,
  versionId: Id | null,
): Promise<StatementFacts & { asOf: string }> {
  const { programme, edition, rows, kept } = await rowsFor(ctx, programmeId, versionId)
  const labels = await labelsOf(ctx, [rows], edition)
  const nameOf = await peopleNamed(ctx, [kept?.approval?.personId])
  const groups = labels.controls.flatMap(({ reference, group }) =>
    group === null ? [] : [[reference, group] as const],
  )
  return {
    ...{ programmeName: programme.name, editionName: editionOf(ctx, { edition }).framework.name },
    ...{ rows, totals: totalsOf(rows), gaps: gapsOf(rows), groups: new Map(groups) },
    titles: new Map(labels.controls.map((one) => [one.reference, one.title])),
    people: new Map<Id, LocalText>(labels.people.map((one) => [one.id, one.name])),
    kept: kept && {
      number: kept.number,
      approvedOn: kept.approval?.on ?? null,
      approver: nameOf(kept.approval?.personId ?? null)?.name ?? null,
    },
    asOf: kept?.asOf ?? lastDayBy(programme, ctx.asOf),
  }
}
