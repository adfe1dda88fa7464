import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../../src/db/connect.ts'
import { writing } from '../../src/db/transaction.ts'
import type { Library } from '../../src/frameworks/library.ts'

/** How much of everything the organisation of the bench has. */
export type Scale = {
  entities: number
  controls: number
  implementations: number
  evidence: number
  occurrences: number
}

/** Ids that follow from a kind and a number, so that rows can name each other without being read. */
const idOf = (kind: number, number: string) =>
  sql.raw(`(lpad('${kind}', 8, '0') || '-0000-4000-8000-' || lpad((${number})::text, 12, '0'))::uuid`)

/**
 * Fills an organisation by SQL, past commands and log: what is measured is reading. A tree of entities under one top,
 * controls of the common library and own ones, implementations over the entities, evidence over three years and
 * occurrences of which most were performed. The same numbers on every run.
 */
export async function fillOrganisation(
  database: Database,
  scale: Scale,
  library: Pick<Library, 'version' | 'controls'>,
): Promise<{ organisationId: string }> {
  const organisationId = randomUUID()
  const text = '{"en":"Something that is done","ja":"行うこと"}'
  const own = sql`${organisationId}::uuid`
  const entity = idOf(1, `n % ${scale.entities}`)
  const implementation = idOf(3, `n % ${scale.implementations}`)
  await writing(database, organisationId, async (tx) => {
    const run = (statement: ReturnType<typeof sql>) => statement.execute(tx)
    // Half a million rows take longer than any request may.
    await run(sql`set local statement_timeout = 0`)
    await tx.insertInto('logHead').values({ organisationId, origin: 'bench', size: 0 }).execute()
    await run(
      sql`insert into organisation (organisation_id, id, version, name, time_zone, demo_day) values (${own}, ${own}, 1, '{"en":"Bench"}', 'UTC', '2023-07-31')`,
    )
    await run(sql`insert into entity (organisation_id, id, version, key, kind, name, parent_id)
      select ${own}, ${idOf(1, 'n')}, 1, 'entity-' || n, 'company', jsonb_build_object('en', 'Entity ' || n), case when n = 0 then null else ${idOf(1, '0')} end
      from generate_series(0, ${scale.entities - 1}) as n`)
    await run(sql`insert into control (organisation_id, id, version, code, name, objective, library_id, library_version, protects, requirement_links, control_links, together)
      select ${own}, ${idOf(2, 'n')}, 1, coalesce(library, 'OWN-' || n), ${text}::jsonb, ${text}::jsonb, library, case when library is not null then ${library.version}::text end, '{"properties":[],"kinds":[]}', '[]', '[]', '[]'
      from (select n, (${[...library.controls.keys()]}::text[])[n + 1] as library from generate_series(0, ${scale.controls - 1}) as n) as made`)
    await run(sql`insert into implementation (organisation_id, id, version, control_id, entity_id, inheritable, description, evidence_days, phases)
      select ${own}, ${idOf(3, 'n')}, 1, ${idOf(2, `n % ${scale.controls}`)}, ${idOf(1, `(n / ${scale.controls}) % ${scale.entities}`)}, true, ${text}::jsonb, 365,
        '[{"from":"2020-08-01","stance":"operating","reason":null}]'
      from generate_series(0, ${scale.implementations - 1}) as n`)
    await run(sql`insert into evidence (organisation_id, id, version, title, entity_id, source, about_from, about_to, collected_on, valid_until, validity_stated, tolerance_days,
        files, implementation_ids, occurrence_ids, requirements, asset_ids, review)
      select ${own}, ${idOf(5, 'n')}, 1, 'Report ' || n, ${entity}, 'uploaded', d, d, d, d + 365, false, 0,
        '[]', jsonb_build_array(${implementation}), '[]', '[]', '[]',
        case when n % 50 = 0 then null else jsonb_build_object('verdict', 'accepted', 'personId', ${own}, 'on', d, 'note', null) end
      from (select n, date '2020-08-01' + (n::bigint * 7919 % 1090)::int as d from generate_series(0, ${scale.evidence - 1}) as n) as made`)
    await run(sql`insert into occurrence (organisation_id, id, version, implementation_id, period_from, period_to, due_by, planned_on, attempts)
      select ${own}, ${idOf(6, 'n')}, 1, ${implementation}, d, d + 89, d + 95, d - 10,
        case when n % 20 = 0 then '[]'::jsonb else jsonb_build_array(jsonb_build_object('id', ${idOf(7, 'n')}, 'on', d + 40, 'personId', null, 'outcome', 'pass', 'note', null)) end
      from (select n, date '2020-08-01' + (n / ${scale.implementations}) * 95 as d from generate_series(0, ${scale.occurrences - 1}) as n) as made`)
    const cycles = '[{"from":"2021-01-01","to":"2025-12-31","auditOn":"2023-11-15"}]'
    for (const edition of ['iso27001-2022', 'iso27001-2013', 'tsc-2017', 'pci-dss-4.0.1'])
      await run(sql`insert into programme (organisation_id, id, version, key, name, edition, categories, audiences, entities, services, cycles)
        select ${own}, gen_random_uuid(), 1, ${edition} || '-' || part, ${text}::jsonb, ${edition}, '[]', '[]',
          (select jsonb_agg(jsonb_build_object('entityId', ${idOf(1, 'n')}, 'from', null, 'to', null)) from generate_series(0, ${scale.entities - 1}) as n where n % 7 = part),
          '[]', ${cycles}::jsonb from generate_series(0, 6) as part`)
  })
  return { organisationId }
}
