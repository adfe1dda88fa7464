import type { CitingSource } from '../../db/citing.ts'
import { everyOf } from '../../db/loaded.ts'
import { draftStateOn } from '../../people/approval.ts'
import { isRunning, programme } from '../../programmes/programme.ts'
import { soaVersion } from '../soa-version.ts'

/** Statements in force, of programmes that run, in which a control is named. A statement names no assets. */
export const statementsCiting: CitingSource = async (ctx, cited, ids) => {
  if (cited !== 'control') return []
  const versions = [...(await everyOf(ctx, soaVersion)).values()]
  const programmes = await everyOf(ctx, programme)
  return versions.flatMap((one) => {
    const theirs = programmes.get(one.programmeId)
    if (!theirs || !isRunning(theirs, ctx.today)) return []
    const series = versions.filter((other) => other.programmeId === one.programmeId)
    if (draftStateOn(one, series, ctx.today) !== 'approved') return []
    return one.rows.some((row) => row.controls.some((each) => ids.includes(each.id)))
      ? [{ noun: soaVersion.noun, id: one.id, name: `SoA ${one.number} (${theirs.key})` }]
      : []
  })
}
