import { sql } from 'kysely'
import type { CitingSource } from '../../db/citing.ts'
import { rowsOf } from '../../db/source.ts'
import type { Id } from '../../kernel/id.ts'
import { type Risk, risk } from '../risk.ts'
import { isOpen, riskOn } from '../view.ts'

/** Controls on which the treatment in force and the open actions of the plan rest. */
function controlsOf(one: Risk, day: string): Id[] {
  const view = riskOn(one, day)
  return [
    ...(view?.treatment?.controlIds ?? []),
    ...(view?.actions ?? []).filter(isOpen).flatMap((action) => action.controlId ?? []),
  ]
}

/** Risks that are not closed and lie at an asset, or are treated by a control. */
export const risksCiting: CitingSource = async (ctx, cited, ids) => {
  const wanted = [...ids]
  const named =
    cited === 'asset'
      ? sql`exists (select 1 from jsonb_array_elements_text(asset_ids) as named where named = any(${wanted}::text[]))`
      : sql`(exists (
          select 1 from jsonb_array_elements(treatments) as treatment,
            jsonb_array_elements_text(treatment -> 'controlIds') as named
          where named = any(${wanted}::text[]))
        or exists (
          select 1 from jsonb_array_elements(actions) as action
          where action ->> 'controlId' = any(${wanted}::text[])))`
  const { rows } = await sql<Risk>`
    select * from ${rowsOf(ctx, risk, 'r')} where closed is null and ${named} order by code`.execute(ctx.tx)
  return rows
    .filter((one) => cited === 'asset' || controlsOf(one, ctx.today).some((id) => wanted.includes(id)))
    .map(({ id, code }) => ({ noun: risk.noun, id, name: code }))
}
