import type { Context } from '../../db/context.ts'
import { rowsOf } from '../../db/source.ts'
import { type Id, newId } from '../../kernel/id.ts'
import { allEntities, allServices } from '../../organisation/server/queries.ts'
import { person } from '../../people/person.ts'
import type { Names } from '../exchange.ts'
import type { Lookups } from '../exchange-read.ts'
import { allControls } from './queries.ts'

const turned = (names: ReadonlyMap<Id, string>): Map<string, Id> =>
  new Map([...names].map(([id, name]) => [name.toLowerCase(), id]))

/** What rows name, by id: four queries, however many rows. */
export async function exchangeNames(ctx: Context): Promise<Names> {
  const people = await ctx.tx
    .selectFrom(rowsOf(ctx, person, 'p'))
    .select(['id', 'email'])
    .execute()
  return {
    people: new Map(people.map((one) => [one.id, one.email])),
    controls: new Map((await allControls(ctx)).map((one) => [one.id, one.code])),
    entities: new Map((await allEntities(ctx)).map((one) => [one.id, one.key])),
    services: new Map((await allServices(ctx)).map((one) => [one.id, one.key])),
  }
}

/** The same to read rows by; `codes` are controls that the file makes, which other rows may name. */
export async function exchangeLookups(ctx: Context, codes: readonly string[] = []): Promise<Lookups> {
  const names = await exchangeNames(ctx)
  const controls = turned(names.controls)
  for (const code of codes.map((one) => one.toLowerCase()))
    if (code !== '' && !controls.has(code)) controls.set(code, newId(ctx.random))
  return {
    names,
    controls,
    people: turned(names.people),
    entities: turned(names.entities),
    services: turned(names.services),
    libraryVersion: ctx.catalogue.library.version,
    mint: () => newId(ctx.random),
  }
}
