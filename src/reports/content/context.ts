import type { IsmsRole } from '../../context/isms-role.ts'
import { holdersOn } from '../../context/isms-role.ts'
import type { Issue } from '../../context/issue.ts'
import type { Obligation } from '../../context/obligation.ts'
import type { Party } from '../../context/party.ts'
import type { ScopeStatement } from '../../context/scope-statement.ts'
import { inLanguage, type LocalText } from '../../kernel/language.ts'
import type { Report } from '../report.ts'
import { contextWords } from './context-words.ts'
import { column, type Head, said } from './parts.ts'

export type ContextFacts = {
  programmeName: LocalText
  editionName: LocalText
  statement: ScopeStatement | null
  parties: readonly Party[]
  issues: readonly Issue[]
  /** Whether somebody determined by the day if climate change is relevant (Amd 1:2024). */
  climateDetermined: boolean
  obligations: readonly Obligation[]
  roles: readonly IsmsRole[]
  entities: ReadonlyMap<string, LocalText>
  services: ReadonlyMap<string, LocalText>
  people: ReadonlyMap<string, LocalText>
}

/** Scope and context (ISO/IEC 27001 4.1 to 4.4 and 5.3). */
export function contextReport(facts: ContextFacts, head: Head): Report {
  const { language, asOf } = head
  const t = contextWords[language]
  const { statement } = facts
  const name = (map: ReadonlyMap<string, LocalText>, id: string) => said(map.get(id), language) ?? '—'
  const names = (map: ReadonlyMap<string, LocalText>, ids: readonly string[], all: string | null) =>
    ids.length === 0 ? all : ids.map((id) => name(map, id)).join(', ')
  const person = (id: string | null) => (id === null ? null : name(facts.people, id))
  return {
    ...head,
    ...{ kind: 'scope-and-context', title: t.title, landscape: true },
    subject: `${inLanguage(facts.programmeName, language)} (${inLanguage(facts.editionName, language)})`,
    version: statement ? String(statement.number) : null,
    blocks: [
      { kind: 'heading', level: 1, text: t.scope },
      ...(statement
        ? [
            { kind: 'text' as const, text: inLanguage(statement.scope, language) },
            {
              kind: 'facts' as const,
              items: [
                { label: t.entities, value: names(facts.entities, statement.entityIds, t.all) ?? t.all },
                { label: t.services, value: names(facts.services, statement.serviceIds, '—') ?? '—' },
                { label: t.boundaries, value: said(statement.boundaries, language) ?? '—' },
                {
                  label: t.approved,
                  value: statement.approval
                    ? `${statement.approval.on}, ${person(statement.approval.personId)}`
                    : '—',
                },
              ],
            },
            {
              ...{ kind: 'table' as const, key: 'interfaces', title: t.interfaces, empty: t.none },
              columns: [
                column('name', t.name, 1),
                column('with', t.with, 1),
                column('description', t.description, 3),
              ],
              rows: statement.interfaces.map((one) => [
                ...[inLanguage(one.name, language), inLanguage(one.with, language)],
                inLanguage(one.description, language),
              ]),
            },
            {
              ...{ kind: 'table' as const, key: 'exclusions', title: t.exclusions, empty: t.none },
              columns: [column('what', t.what, 1), column('why', t.why, 2)],
              rows: statement.exclusions.map((one) => [
                ...[inLanguage(one.what, language), inLanguage(one.justification, language)],
              ]),
            },
          ]
        : [{ kind: 'note' as const, tone: 'bad' as const, text: t.noStatement }]),
      { kind: 'heading', level: 1, text: t.context },
      ...(facts.climateDetermined
        ? []
        : [{ kind: 'note' as const, tone: 'partial' as const, text: t.noClimate }]),
      {
        ...{ kind: 'table', key: 'issues', title: t.issues, empty: t.none },
        columns: [
          ...[column('name', t.name, 1.4), column('origin', t.origin), column('topic', t.topic)],
          ...[
            column('relevant', t.relevant),
            column('effect', t.effect, 4),
            column('entities', t.entities, 1.4),
          ],
        ],
        rows: facts.issues.map((one) => [
          ...[inLanguage(one.name, language), t.origins[one.origin], t.topics[one.topic]],
          ...[one.relevant ? t.yes : t.no, inLanguage(one.effect, language)],
          names(facts.entities, one.entityIds, t.all),
        ]),
      },
      {
        ...{ kind: 'table', key: 'parties', title: t.parties, empty: t.none },
        columns: [
          ...[column('party', t.party, 1.2), column('kind', t.kind, 1), column('need', t.need, 3)],
          ...[column('addressed', t.addressed), column('answer', t.answer, 3)],
        ],
        rows: facts.parties.flatMap((one) =>
          one.needs.map((need) => [
            ...[inLanguage(one.name, language), t.partyKinds[one.kind], inLanguage(need.text, language)],
            ...[need.addressed ? t.yes : t.no, said(need.answer, language)],
          ]),
        ),
      },
      {
        ...{ kind: 'table', key: 'obligations', title: t.obligations, empty: t.none },
        columns: [
          ...[column('name', t.name, 1.4), column('kind', t.kind), column('source', t.source, 1.6)],
          ...[
            column('demands', t.demands, 3),
            column('requirements', t.requirements, 1.4),
            column('owner', t.owner, 1),
          ],
        ],
        rows: facts.obligations.map((one) => [
          ...[inLanguage(one.name, language), t.obligationKinds[one.kind], inLanguage(one.source, language)],
          inLanguage(one.demands, language),
          [...new Set(one.requirements.map((each) => each.requirement))].join(', ') || null,
          person(one.ownerId),
        ]),
      },
      { kind: 'heading', level: 1, text: t.roles },
      {
        ...{ kind: 'table', key: 'roles', title: '', empty: t.none },
        columns: [
          ...[column('role', t.role, 1.2), column('holder', t.holder, 1.4), column('clauses', t.clauses)],
          ...[column('responsibilities', t.responsibilities, 3), column('authority', t.authority, 2)],
        ],
        rows: facts.roles.map((one) => [
          inLanguage(one.name, language),
          holdersOn(one, asOf)
            .map(({ personId }) => name(facts.people, personId))
            .join(', ') || t.vacant,
          one.clauses.join(', ') || null,
          ...[inLanguage(one.responsibilities, language), said(one.authority, language)],
        ]),
      },
    ],
  }
}
