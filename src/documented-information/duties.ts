import type { Edition, Requirement } from '../frameworks/edition.ts'

/** Something documented that an edition asks for: by a clause always, by an annex control where it applies. */
export type DocumentDuty = {
  key: string
  requirement: string
  /** Finer than the requirement, where the duty is. */
  clause: string
  form: 'document' | 'record' | 'either'
  basis: 'clause' | 'annex'
}

function dutiesOf(node: Requirement): DocumentDuty[] {
  const fromClause = (node.documentedInformation ?? []).map(
    ({ key, form, clause }): DocumentDuty => ({
      ...{ key, form, requirement: node.id, clause: clause ?? node.id, basis: 'clause' },
    }),
  )
  const fromAnnex: DocumentDuty[] = node.expectsDocument
    ? [
        {
          key: node.id.toLowerCase().replaceAll('.', '-'),
          ...{ requirement: node.id, clause: node.id, form: 'document', basis: 'annex' },
        },
      ]
    : []
  return [...fromClause, ...fromAnnex]
}

/** Every document and record that an edition of ISO/IEC 27001 requires (clauses 4 to 10), and those its annex expects. */
export const documentDuties = (edition: Edition): DocumentDuty[] => edition.requirements.flatMap(dutiesOf)
