import { inLanguage, type Language, type LocalText } from '../../kernel/language.ts'
import { digitsOf } from '../../risks/currency.ts'
import type { RiskMethod } from '../../risks/method.ts'
import type { Risk, RiskValue } from '../../risks/risk.ts'
import type { Standing } from '../../risks/standing.ts'
import { isOverdue } from '../../risks/view.ts'
import type { Block, Cell, Report } from '../report.ts'
import { heatMap } from './heat-map.ts'
import { column, type Head, numbers, said } from './parts.ts'
import { riskWords } from './risk-words.ts'

/** Every risk as it stood on the day, with the names of what it speaks of. */
export type RiskFacts = {
  /** The version in force on the day. */
  method: RiskMethod | null
  risks: readonly { risk: Risk; standing: Standing }[]
  people: ReadonlyMap<string, LocalText>
  entities: ReadonlyMap<string, LocalText>
  /** Codes of controls. */
  controls: ReadonlyMap<string, string>
  /** Keys of assets. */
  assets: ReadonlyMap<string, string>
}

type Words = (typeof riskWords)[Language]

const isOpen = ({ standing }: RiskFacts['risks'][number]) => standing.view.closed === null

/** A value as `likelihood × consequence` counted from 1, as people read their scales, with the name of its band. */
function valueText(standing: Standing, kind: 'inherent' | 'current' | 'residual', language: Language): Cell {
  const value: RiskValue | undefined = standing.view.assessment?.[kind]
  const rating = standing.ratings[kind]
  if (value === undefined) return null
  const place = `${value.likelihood + 1} × ${value.consequence + 1}`
  return rating ? `${place} ${inLanguage(rating.band.name, language)}` : place
}

function methodBlocks(method: RiskMethod, language: Language, t: Words): Block[] {
  const levels = (scale: RiskMethod['likelihood'], key: string, title: string): Block => ({
    ...{ kind: 'table', key, title, empty: '' },
    columns: [numbers('level', t.level), column('name', t.name, 1), column('anchor', t.anchor, 4)],
    rows: scale.map((one, index) => [
      index + 1,
      inLanguage(one.name, language),
      inLanguage(one.anchor, language),
    ]),
  })
  return [
    { kind: 'heading', level: 1, text: t.method(String(method.number)) },
    { kind: 'text', text: inLanguage(method.description, language) },
    levels(method.likelihood, 'likelihood', t.likelihood),
    levels(method.consequence, 'consequence', t.consequence),
    {
      ...{ kind: 'table', key: 'bands', title: t.bands, empty: '' },
      columns: [column('band', t.band, 1), column('accepted', t.acceptable), column('demand', t.demand, 4)],
      rows: method.bands.map((band) => [
        inLanguage(band.name, language),
        band.acceptable ? t.yes : t.no,
        inLanguage(band.demand, language),
      ]),
    },
    {
      ...{ kind: 'table', key: 'matrix', title: t.matrix, empty: '' },
      columns: [
        column('likelihood', t.likelihood, 1),
        ...method.consequence.map((one, index) => column(`c${index + 1}`, inLanguage(one.name, language), 1)),
      ],
      rows: method.matrix
        .map((row, likelihood): Cell[] => [
          said(method.likelihood[likelihood]?.name, language),
          ...row.map((band) => said(method.bands[band]?.name, language)),
        ])
        .reverse(),
    },
  ]
}

function registerRow(facts: RiskFacts, language: Language, t: Words, at: RiskFacts['risks'][number]): Cell[] {
  const { risk, standing } = at
  const { view, acceptance } = standing
  const treatment = view.treatment
  return [
    risk.code,
    `${inLanguage(risk.name, language)}\n${inLanguage(risk.scenario, language)}`,
    said(facts.entities.get(risk.entityId), language),
    risk.ownerId === null ? t.nobody : said(facts.people.get(risk.ownerId), language),
    valueText(standing, 'inherent', language),
    valueText(standing, 'current', language),
    valueText(standing, 'residual', language),
    treatment ? t.options[treatment.option] : t.untreated,
    t.states[standing.state],
    acceptance
      ? `${t.acceptances[standing.acceptanceState]} ${acceptance.on}`
      : t.acceptances[standing.acceptanceState],
    standing.reviewDue,
  ]
}

/** The results of assessing risks (ISO/IEC 27001 6.1.2, 8.2). */
export function riskAssessmentReport(facts: RiskFacts, head: Head): Report {
  const { language } = head
  const t = riskWords[language]
  const open = facts.risks.filter(isOpen)
  const closed = facts.risks.filter((one) => !isOpen(one))
  const { method } = facts
  const drawing = method ? heatMap(open, method, language, t.map) : null
  return {
    ...head,
    ...{ kind: 'risk-assessment', title: t.assessment, subject: t.assessmentSubject(open.length) },
    ...{ version: null, landscape: true },
    blocks: [
      { kind: 'text', text: t.assessmentLead },
      { kind: 'facts', items: countItems(facts, language, t) },
      ...(drawing ? [drawing] : []),
      ...(method
        ? methodBlocks(method, language, t)
        : [{ kind: 'note' as const, tone: 'bad' as const, text: t.noMethod }]),
      { kind: 'heading', level: 1, text: t.register },
      {
        ...{ kind: 'table', key: 'risks', title: '', empty: t.none },
        columns: registerColumns(t),
        rows: open.map((one) => registerRow(facts, language, t, one)),
      },
      ...(closed.length === 0
        ? []
        : [
            {
              ...{ kind: 'table' as const, key: 'closed', title: t.closed, empty: '' },
              columns: [
                column('risk', t.risk),
                column('name', t.name, 3),
                column('on', t.on),
                column('reason', t.reason, 4),
              ],
              rows: closed.map(({ risk, standing }) => [
                ...[risk.code, inLanguage(risk.name, language)],
                ...[standing.view.closed?.on ?? null, standing.view.closed?.reason ?? null],
              ]),
            },
          ]),
    ],
  }
}

const registerColumns = (t: Words) => [
  column('risk', t.risk),
  column('scenario', t.scenario, 4),
  column('entity', t.entity, 1.4),
  column('owner', t.owner, 1.2),
  column('inherent', t.inherent, 1),
  column('current', t.current, 1),
  column('residual', t.residual, 1),
  column('treatment', t.treatment, 1),
  column('state', t.state, 1.2),
  column('acceptance', t.acceptance, 1.2),
  column('review', t.review),
]

/** How many risks there are in each band, as they are and as they are meant to be. */
function countItems(facts: RiskFacts, language: Language, t: Words) {
  const open = facts.risks.filter(isOpen)
  const bands = new Map<string, { label: string; current: number; residual: number }>()
  for (const { standing } of open)
    for (const kind of ['current', 'residual'] as const) {
      const band = standing.ratings[kind]?.band
      if (!band) continue
      const counted = bands.get(band.key) ?? {
        label: inLanguage(band.name, language),
        current: 0,
        residual: 0,
      }
      counted[kind] += 1
      bands.set(band.key, counted)
    }
  const order = facts.method?.bands.map((band) => band.key) ?? []
  const known = [...bands].sort(([a], [b]) => order.indexOf(b) - order.indexOf(a))
  return [
    { label: t.openRisks, value: String(open.length) },
    ...known.map(([, one]) => ({ label: one.label, value: t.nowAndThen(one.current, one.residual) })),
    {
      label: t.unaccepted,
      value: String(open.filter((one) => one.standing.acceptanceState !== 'current').length),
    },
  ]
}

/** Sums of what actions cost, in each currency by itself: amounts of different currencies are never added. */
function costItems(facts: RiskFacts, t: Words) {
  const sums = new Map<string, number>()
  for (const { standing } of facts.risks.filter(isOpen))
    for (const { cost } of standing.view.actions)
      if (cost) sums.set(cost.currency, (sums.get(cost.currency) ?? 0) + cost.amount)
  return [...sums].sort().map(([currency, amount]) => ({ label: t.cost, value: money(amount, currency) }))
}

/** An amount in minor units as people write it. */
export function money(amount: number, currency: string): string {
  const digits = digitsOf(currency)
  const [whole = '', parts] = (amount / 10 ** digits).toFixed(digits).split('.')
  const grouped = whole.replace(/\B(?=(?:\d{3})+(?!\d))/g, ',')
  return `${grouped}${parts === undefined ? '' : `.${parts}`} ${currency}`
}

/** The plan of treatment (ISO/IEC 27001 6.1.3 e, 8.3): what is done about each risk, by whom and until when. */
export function treatmentPlanReport(facts: RiskFacts, head: Head): Report {
  const { language } = head
  const t = riskWords[language]
  const open = facts.risks.filter(isOpen)
  const actions = open.flatMap(({ risk, standing }) =>
    standing.view.actions.map((action) => ({ risk, action })),
  )
  const late = actions.filter(({ action }) => isOverdue(action, head.asOf))
  const person = (id: string | null) => (id === null ? t.nobody : said(facts.people.get(id), language))
  return {
    ...head,
    ...{ kind: 'risk-treatment-plan', title: t.plan, subject: t.planSubject(actions.length) },
    ...{ version: null, landscape: true },
    blocks: [
      { kind: 'text', text: t.planLead },
      {
        kind: 'facts',
        items: [
          { label: t.actions, value: String(actions.length) },
          { label: t.done, value: String(actions.filter(({ action }) => action.doneOn !== null).length) },
          { label: t.late, value: String(late.length) },
          ...costItems(facts, t),
        ],
      },
      {
        ...{ kind: 'table', key: 'treatments', title: t.treatments, empty: t.none },
        columns: [
          ...[column('risk', t.risk), column('name', t.name, 2), column('owner', t.owner, 1.2)],
          ...[column('option', t.treatment, 1), column('why', t.why, 3), column('controls', t.controls, 1.4)],
          ...[
            column('current', t.current, 1),
            column('residual', t.residual, 1),
            column('acceptance', t.acceptance, 1.4),
          ],
        ],
        rows: open.map(({ risk, standing }) => {
          const { treatment } = standing.view
          return [
            ...[risk.code, inLanguage(risk.name, language), person(risk.ownerId)],
            treatment ? t.options[treatment.option] : t.untreated,
            treatment ? inLanguage(treatment.why, language) : null,
            (treatment?.controlIds ?? [])
              .map((id) => facts.controls.get(id) ?? '—')
              .sort()
              .join(', ') || null,
            ...[valueText(standing, 'current', language), valueText(standing, 'residual', language)],
            standing.acceptance
              ? `${t.acceptances[standing.acceptanceState]} ${standing.acceptance.on}, ${person(standing.acceptance.personId)}`
              : t.acceptances[standing.acceptanceState],
          ]
        }),
      },
      {
        ...{ kind: 'table', key: 'actions', title: t.actions, empty: t.none },
        columns: [
          ...[column('risk', t.risk), column('action', t.action, 4), column('owner', t.owner, 1.4)],
          ...[
            column('due', t.due),
            column('done', t.doneOn),
            column('state', t.state),
            column('control', t.control),
          ],
          numbers('cost', t.cost),
        ],
        rows: actions
          .toSorted((a, b) =>
            a.action.dueOn < b.action.dueOn ? -1 : a.action.dueOn > b.action.dueOn ? 1 : 0,
          )
          .map(({ risk, action }) => [
            ...[
              risk.code,
              inLanguage(action.name, language),
              person(action.ownerId),
              action.dueOn,
              action.doneOn,
            ],
            action.doneOn !== null ? t.done : isOverdue(action, head.asOf) ? t.late : t.open,
            action.controlId === null ? null : (facts.controls.get(action.controlId) ?? '—'),
            action.cost === null ? null : money(action.cost.amount, action.cost.currency),
          ]),
      },
    ],
  }
}
