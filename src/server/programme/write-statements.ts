import { obligation } from '../../context/obligation.ts'
import type { Context } from '../../db/context.ts'
import { namedDocument } from '../../documented-information/named-document.ts'
import { evidence } from '../../evidence/evidence.ts'
import type { Id } from '../../kernel/id.ts'
import type { Approval } from '../../people/approval.ts'
import { programme } from '../../programmes/programme.ts'
import { type SoaRow, soaVersion } from '../../soa/soa-version.ts'
import { everyRecord } from './run.ts'

type Keys = ReadonlyMap<Id, string>

const keysOf = (records: readonly { id: Id; key: string }[]): Keys =>
  new Map(records.map((one) => [one.id, one.key]))

const signedPart = (approval: Approval | null, people: Keys) =>
  approval && { by: people.get(approval.personId), on: approval.on }

const known = (ids: readonly Id[], keys: Keys) => ids.flatMap((id) => keys.get(id) ?? [])

const rowPart = (row: SoaRow, people: Keys, obligations: Keys) => ({
  ...{ reference: row.reference, own: row.edition === null || null, applicable: row.applicable },
  ...{ reasons: row.reasons, justification: row.justification, state: row.state, since: row.since },
  controls: row.controls.map(({ code, name }) => ({ code, name })),
  owners: known(row.ownerIds, people),
  risks: row.risks.map((one) => one.code),
  obligations: row.obligations.flatMap(({ id, name }) => {
    const key = obligations.get(id)
    return key === undefined ? [] : [{ key, name }]
  }),
  evidence: row.evidenceCount,
})

/** Versions of statements word for word. One whose author has left cannot be brought by a file. */
export async function statementParts(ctx: Context, people: Keys) {
  const programmes = keysOf(await everyRecord(ctx, programme))
  const obligations = keysOf(await everyRecord(ctx, obligation))
  return (await everyRecord(ctx, soaVersion))
    .filter((one) => one.authorIds.every((id) => people.has(id)))
    .map((one) => ({
      ...{ programme: programmes.get(one.programmeId) ?? '', number: one.number, asOf: one.asOf },
      ...{ authors: known(one.authorIds, people), drafted: one.draftedOn },
      approved: signedPart(one.approval, people),
      ...{ withdrawn: one.withdrawn, note: one.note },
      rows: one.rows.map((row) => rowPart(row, people, obligations)),
    }))
    .sort((a, b) => (a.programme === b.programme ? a.number - b.number : a.programme < b.programme ? -1 : 1))
}

export async function namedDocumentParts(ctx: Context, people: Keys) {
  const programmes = keysOf(await everyRecord(ctx, programme))
  const documents = await everyRecord(ctx, namedDocument)
  if (documents.length === 0) return []
  const titles = new Map((await everyRecord(ctx, evidence)).map((one) => [one.id, one.title]))
  return documents
    .filter((one) => people.has(one.namedById))
    .map((one) => ({
      ...{
        programme: programmes.get(one.programmeId) ?? '',
        duty: one.duty,
        name: one.name,
        label: one.label,
      },
      ...{ evidence: titles.get(one.evidenceId), issued: one.issuedOn, reviewBy: one.reviewBy },
      ...{ namedBy: people.get(one.namedById), approved: signedPart(one.approval, people) },
      withdrawn: one.withdrawn,
    }))
    .sort((a, b) =>
      `${a.programme} ${a.duty} ${a.issued}` < `${b.programme} ${b.duty} ${b.issued}` ? -1 : 1,
    )
}
