import { assetsById } from '../../assets/server/queries.ts'
import { scaleInForce } from '../../assets/server/scale-queries.ts'
import { assetsOn } from '../../assets/server/values-queries.ts'
import { stepWords } from '../../calendar/words.ts'
import { homeCertificates } from '../../certificates/server/queries.ts'
import {
  climateDeterminedOn,
  issuesOn,
  obligationsOn,
  partiesOn,
  rolesOn,
  scopeStatementOn,
} from '../../context/server/queries.ts'
import { allControls } from '../../controls/server/queries.ts'
import type { Context } from '../../db/context.ts'
import { trackerOf } from '../../documented-information/server/queries.ts'
import { isIsms } from '../../frameworks/edition.ts'
import type { Id } from '../../kernel/id.ts'
import { holdsOn } from '../../kernel/interval.ts'
import type { LocalText } from '../../kernel/language.ts'
import { objectivesOn } from '../../objectives/server/queries.ts'
import { allEntities, allServices } from '../../organisation/server/queries.ts'
import { peopleNamed } from '../../people/server/name-queries.ts'
import { breaks, overview } from '../../posture/server/queries.ts'
import type { Programme } from '../../programmes/programme.ts'
import { allProgrammes, editionOf, findProgramme } from '../../programmes/server/queries.ts'
import { methodOn, risksOn } from '../../risks/server/queries.ts'
import { totalsOf } from '../../soa/gaps.ts'
import { statementOf } from '../../soa/server/facts-queries.ts'
import { statementInForce } from '../../soa/server/versions-queries.ts'
import type { AssetFacts } from '../content/assets.ts'
import type { CertificateFacts, ShownCertificate } from '../content/certificates.ts'
import type { ContextFacts } from '../content/context.ts'
import type { DocumentedFacts } from '../content/documented.ts'
import type { ObjectiveFacts } from '../content/objectives.ts'
import type { RiskFacts } from '../content/risks.ts'
import type { SummaryFacts } from '../content/summary.ts'

type Named = ReadonlyMap<Id, LocalText>

const entityNames = async (ctx: Context): Promise<Named> =>
  new Map((await allEntities(ctx)).map((one) => [one.id, one.name]))

const serviceNames = async (ctx: Context): Promise<Named> =>
  new Map((await allServices(ctx)).map((one) => [one.id, one.name]))

async function personNames(ctx: Context, ids: Iterable<Id | null | undefined>): Promise<Named> {
  const wanted = [...new Set([...ids].filter((id) => typeof id === 'string'))]
  const nameOf = await peopleNamed(ctx, wanted)
  return new Map(
    wanted.flatMap((id) => {
      const found = nameOf(id)
      return found ? [[id, found.name] as const] : []
    }),
  )
}

export async function riskFacts(ctx: Context): Promise<RiskFacts> {
  const risks = await risksOn(ctx, ctx.asOf)
  const assetIds = [...new Set(risks.flatMap(({ risk }) => risk.assetIds))]
  const people = risks.flatMap(({ risk, standing: { view, acceptance } }) => [
    ...[risk.ownerId, acceptance?.personId],
    ...view.actions.map((action) => action.ownerId),
  ])
  return {
    method: await methodOn(ctx, ctx.asOf),
    risks,
    people: await personNames(ctx, people),
    entities: await entityNames(ctx),
    controls: new Map((await allControls(ctx)).map((one) => [one.id, one.code])),
    assets: new Map((await assetsById(ctx, assetIds)).map((one) => [one.id, one.key])),
  }
}

export async function contextFacts(ctx: Context, programmeId: Id): Promise<ContextFacts> {
  const day = ctx.asOf
  const programme = await findProgramme(ctx, programmeId)
  const statement = await scopeStatementOn(ctx, programmeId, day)
  const obligations = await obligationsOn(ctx, day)
  const { roles } = await rolesOn(ctx, day)
  const held = roles.flatMap((role) => role.holders.map((holder) => holder.personId))
  const owners = obligations.map((one) => one.ownerId)
  return {
    ...{ programmeName: programme.name, editionName: editionOf(ctx, programme).framework.name, statement },
    ...{ parties: await partiesOn(ctx, day), issues: await issuesOn(ctx, day), obligations, roles },
    climateDetermined: (await climateDeterminedOn(ctx, day)).length > 0,
    ...{ entities: await entityNames(ctx), services: await serviceNames(ctx) },
    people: await personNames(ctx, [...held, ...owners, statement?.approval?.personId]),
  }
}

export async function objectiveFacts(ctx: Context): Promise<ObjectiveFacts> {
  const objectives = await objectivesOn(ctx, ctx.asOf)
  return {
    objectives,
    people: await personNames(
      ctx,
      objectives.map(({ objective }) => objective.ownerId),
    ),
  }
}

export const documentedFacts = async (ctx: Context, programmeId: Id): Promise<DocumentedFacts> =>
  trackerOf(ctx, await findProgramme(ctx, programmeId))

export async function assetFacts(ctx: Context): Promise<AssetFacts> {
  const assets = await assetsOn(ctx, ctx.asOf)
  return {
    assets,
    scale: await scaleInForce(ctx),
    entities: await entityNames(ctx),
    people: await personNames(
      ctx,
      assets.map(({ asset }) => asset.ownerId),
    ),
    keys: new Map(assets.map(({ asset }) => [asset.id, asset.key])),
  }
}

/** A step of a cycle as people call it; a repeated one carries its number. */
function stepName({ key, kind }: { key: string; kind: string }): LocalText {
  const number = /-(\d+)$/.exec(key)?.[1]
  const found = stepWords[kind] ?? { en: key, ja: key }
  return number ? { en: `${found.en} ${number}`, ja: `${found.ja} ${number}` } : found
}

export async function certificateFacts(ctx: Context): Promise<CertificateFacts> {
  const { items } = await homeCertificates.run(ctx, {})
  const shown = items
    .map(
      (one): ShownCertificate => ({
        ...{ number: one.number, scheme: one.scheme, terms: one.terms, initialDate: one.initialDate },
        ...{ state: one.state, validUntil: one.validUntil, standards: one.standards, termId: one.termId },
        holders: one.currentHolders,
        scope: one.scopes.find((scope) => holdsOn(scope, ctx.asOf))?.text ?? null,
        next: one.nextStep && {
          name: stepName(one.nextStep),
          by: one.nextStep.latest ?? one.nextStep.planned,
        },
      }),
    )
    .filter((one) => one.state !== 'superseded')
  return {
    certificates: shown,
    schemes: new Map([...ctx.catalogue.schemes].map(([key, scheme]) => [key, scheme.name])),
    entities: await entityNames(ctx),
  }
}

async function summaryRisks(ctx: Context): Promise<Pick<SummaryFacts, 'bands' | 'risks'>> {
  const open = (await risksOn(ctx, ctx.asOf)).filter(({ standing }) => standing.view.closed === null)
  const method = await methodOn(ctx, ctx.asOf)
  const count = (kind: 'current' | 'residual', key: string) =>
    open.filter(({ standing }) => standing.ratings[kind]?.band.key === key).length
  return {
    bands: (method?.bands ?? []).toReversed().map((band) => ({
      ...{ name: band.name, current: count('current', band.key), residual: count('residual', band.key) },
    })),
    risks: {
      open: open.length,
      unaccepted: open.filter(({ standing }) => standing.acceptanceState !== 'current').length,
      lateActions: open.reduce((sum, { standing }) => sum + standing.progress.overdue, 0),
    },
  }
}

async function statementLine(ctx: Context, one: Programme): Promise<SummaryFacts['statements'][number]> {
  const version = await statementInForce(ctx, one.id, ctx.asOf)
  const rows = version?.rows ?? (await statementOf(ctx, one, ctx.asOf))
  return { name: one.name, number: version?.number ?? null, totals: totalsOf(rows) }
}

export async function summaryFacts(ctx: Context): Promise<SummaryFacts> {
  const { programmes } = await overview.run(ctx, {})
  const running = new Set(programmes.map((one) => one.programmeId))
  const isms = (await allProgrammes(ctx)).filter((one) => running.has(one.id) && isIsms(editionOf(ctx, one)))
  const statements: SummaryFacts['statements'][number][] = []
  const documents: SummaryFacts['documents'][number][] = []
  for (const one of isms) {
    statements.push(await statementLine(ctx, one))
    documents.push({ name: one.name, totals: (await trackerOf(ctx, one)).totals })
  }
  const found = await breaks.run(ctx, { limit: 6 })
  return {
    ...(await certificateFacts(ctx)),
    ...(await summaryRisks(ctx)),
    ...{ statements, documents },
    programmes: programmes.map(({ name, totals, nextAudit }) => ({
      ...{ name, met: totals.met, partial: totals.partial, failing: totals.failing },
      ...{ unknown: totals['not-assessed'], applicable: totals.applicable, nextAudit },
    })),
    breaks: found.items.map((one) => ({
      ...{ control: one.control.code, name: one.control.name, unit: one.unit.name, on: one.breaksOn },
      owner: one.owner?.name ?? null,
    })),
  }
}
