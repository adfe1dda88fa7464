import { z } from 'zod'
import { forEach, type Property, perProperty, properties } from '../../assets/property.ts'
import { assetLevelSchema } from '../../assets/scale.ts'
import { findAsset } from '../../assets/server/queries.ts'
import { assetIsVisible } from '../../assets/server/values-queries.ts'
import type { Control } from '../../controls/control.ts'
import type { Context } from '../../db/context.ts'
import type { Query } from '../../kernel/command.ts'
import { daySchema } from '../../kernel/day.ts'
import { type Id, idSchema } from '../../kernel/id.ts'
import { localText } from '../../kernel/language.ts'
import { groupsOf, halvesOf, neglected, type Place, stateAt } from '../balance.ts'
import { controlStateOf, controlStates } from '../state.ts'
import { type Balanced, type Balances, balancesOf } from './balances.ts'

type BalanceQuery<Input, Output> = Query<Context, Input, Output>

const base = { kind: 'query', noun: 'posture', action: 'read' } as const

const property = z.enum(properties)
const rank = z.int().min(0)

const standingSchema = z.strictObject({
  value: rank,
  protection: rank,
  strength: z.number(),
  gap: z.int().nullable(),
})

const protectorSchema = z.strictObject({
  id: idSchema,
  code: z.string(),
  name: localText(200),
  properties: z.array(property),
  state: z.enum(controlStates),
  /** 1 shown to work, ½ said to work and not shown, 0 neither. */
  weight: z.number(),
})

/** A control of the common library that would protect this kind and that the organisation has not taken over. */
const offeredSchema = z.strictObject({ id: z.string(), name: localText(200), properties: z.array(property) })

const assetBalanceSchema = z.strictObject({
  day: daySchema,
  /** Null when the asset is not in use on that day. */
  standing: perProperty(standingSchema).nullable(),
  neglected: z.array(property),
  levels: z.array(assetLevelSchema),
  controls: z.array(protectorSchema),
  offered: z.array(offeredSchema),
})

const weightAt = (codes: Uint8Array | undefined, place: Place) => {
  const code = stateAt(codes ?? new Uint8Array(), place)
  return { state: controlStateOf(code), weight: halvesOf(code) / 2 }
}

/** The most telling first: what fails or is missing before what works. */
const byWeight = (a: { weight: number; code: string }, b: { weight: number; code: string }) =>
  a.weight - b.weight || (a.code < b.code ? -1 : 1)

function offeredFor(ctx: Context, { controls }: Balances, kind: Balanced['asset']['kind']) {
  const adopted = new Set(controls.map((one) => one.libraryId))
  return [...ctx.catalogue.library.controls.values()]
    .filter((one) => one.protects.kinds.includes(kind) && !adopted.has(one.id))
    .map((one) => ({ id: one.id, name: one.title, properties: one.protects.properties }))
}

/** How one asset's value stands against its protection, and every control that protects it or could. */
export const assetBalance: BalanceQuery<{ id: Id }, z.output<typeof assetBalanceSchema>> = {
  ...base,
  input: z.strictObject({ id: idSchema }),
  output: assetBalanceSchema,
  scope: async (ctx, { id }) => ({ entities: [(await findAsset(ctx, id)).entityId] }),
  async run(ctx, { id }) {
    const balances = await balancesOf(ctx)
    const found = balances.all.find((one) => one.asset.id === id)
    const base = { day: ctx.asOf, levels: [...balances.levels] }
    if (!found) return { ...base, standing: null, neglected: [], controls: [], offered: [] }
    const { asset, place, balance } = found
    const controls = balances.controls.flatMap((one, at) =>
      one.protects.kinds.includes(asset.kind)
        ? [
            {
              ...{ id: one.id, code: one.code, name: one.name, properties: one.protects.properties },
              ...weightAt(balances.codes[at], place),
            },
          ]
        : [],
    )
    return {
      ...base,
      standing: balance,
      neglected: neglected(forEach((each) => Math.max(0, balance[each].gap ?? 0))),
      controls: controls.sort(byWeight),
      offered: offeredFor(ctx, balances, asset.kind),
    }
  },
}

const groupings = ['entity', 'kind', 'service', 'classification'] as const

const groupedInput = z.strictObject({ by: z.enum(groupings).default('entity') })

/** The groups that an asset belongs to; `none` where it belongs to none. */
function groupsOfAsset({ asset }: Balanced, by: (typeof groupings)[number]): readonly string[] {
  if (by === 'entity') return [asset.entityId]
  if (by === 'kind') return [asset.kind]
  if (by === 'classification') return [asset.classification ?? 'none']
  return asset.serviceIds.length > 0 ? asset.serviceIds : ['none']
}

const groupStandingSchema = z.strictObject({
  valued: z.int(),
  value: z.number(),
  protection: z.number(),
  behind: z.int(),
  shortfall: z.number(),
})

const groupSchema = z.strictObject({
  key: z.string(),
  assets: z.int(),
  confidentiality: groupStandingSchema,
  integrity: groupStandingSchema,
  availability: groupStandingSchema,
  neglected: z.array(property),
})

const groupedSchema = z.strictObject({
  day: daySchema,
  levels: z.array(assetLevelSchema),
  /** Of all assets together; no groups where there are none. */
  whole: groupSchema.nullable(),
  groups: z.array(groupSchema),
})

const seenBy = (ctx: Context, { all }: Balances) =>
  all.filter((one) => assetIsVisible(ctx, one.asset.entityId))

type Grouped = { whole: z.output<typeof groupSchema> | null; groups: z.output<typeof groupSchema>[] }

/** Groups of all assets, which readers without a border ask for again and again; losing them costs time alone. */
const remembered = new WeakMap<Balances, Map<(typeof groupings)[number], Grouped>>()

function groupedBy(ctx: Context, balances: Balances, by: (typeof groupings)[number]): Grouped {
  const known = remembered.get(balances) ?? new Map<(typeof groupings)[number], Grouped>()
  const before = ctx.visible === null ? known.get(by) : undefined
  if (before !== undefined) return before
  const seen = seenBy(ctx, balances)
  const [whole = null] = groupsOf(seen.map(({ balance }) => ({ groups: ['all'], balance })))
  const grouped = {
    whole,
    groups: groupsOf(seen.map((one) => ({ groups: groupsOfAsset(one, by), balance: one.balance }))),
  }
  if (ctx.visible === null) remembered.set(balances, known.set(by, grouped))
  return grouped
}

/** How the values of assets stand against their protection, by group, the most neglected first. */
export const groupedBalance: BalanceQuery<z.output<typeof groupedInput>, z.output<typeof groupedSchema>> = {
  ...base,
  input: groupedInput,
  output: groupedSchema,
  scope: () => 'filtered',
  async run(ctx, { by }) {
    const balances = await balancesOf(ctx)
    const { whole, groups } = groupedBy(ctx, balances, by)
    return { day: ctx.asOf, levels: [...balances.levels], whole, groups }
  },
}

const reasonsInput = z.strictObject({
  by: z.enum(groupings).default('entity'),
  key: z.string().max(80),
  property,
})

const reasonsSchema = z.strictObject({
  assets: z.int(),
  controls: z.array(
    z.strictObject({
      ...{ id: idSchema, code: z.string(), name: localText(200) },
      /** Of how many assets of the group it is shown to protect, said to protect, or ought to and does not. */
      ...{ shown: z.int(), said: z.int(), not: z.int() },
    }),
  ),
  /** The assets that stay furthest behind. */
  furthest: z.array(
    z.strictObject({ id: idSchema, key: z.string(), value: rank, protection: rank, gap: z.int() }),
  ),
})

const mostFurthest = 10

function reasonOf(one: Control, codes: Uint8Array, group: readonly Balanced[], held: Property) {
  const count = { shown: 0, said: 0, not: 0 }
  for (const { asset, place } of group) {
    if (!one.protects.kinds.includes(asset.kind) || !one.protects.properties.includes(held)) continue
    const halves = halvesOf(stateAt(codes, place))
    count[halves === 2 ? 'shown' : halves === 1 ? 'said' : 'not']++
  }
  return count
}

/** Why a group stands as it does in one property: what protects its assets, what does not, and which stay behind. */
export const balanceReasons: BalanceQuery<z.output<typeof reasonsInput>, z.output<typeof reasonsSchema>> = {
  ...base,
  input: reasonsInput,
  output: reasonsSchema,
  scope: () => 'filtered',
  async run(ctx, { by, key, property: held }) {
    const balances = await balancesOf(ctx)
    const group = seenBy(ctx, balances).filter((one) => groupsOfAsset(one, by).includes(key))
    const controls = balances.controls.flatMap((one, at) => {
      const count = reasonOf(one, balances.codes[at] ?? new Uint8Array(), group, held)
      const of = count.shown + count.said + count.not
      return of === 0 ? [] : [{ id: one.id, code: one.code, name: one.name, ...count }]
    })
    const furthest = group
      .flatMap(({ asset, balance }) => {
        const { value, protection, gap } = balance[held]
        return gap !== null && gap > 0 ? [{ id: asset.id, key: asset.key, value, protection, gap }] : []
      })
      .sort((a, b) => b.gap - a.gap || (a.key < b.key ? -1 : 1))
    return {
      assets: group.length,
      controls: controls.sort((a, b) => b.not - a.not || b.said - a.said || (a.code < b.code ? -1 : 1)),
      furthest: furthest.slice(0, mostFurthest),
    }
  },
}
