import type { Day } from '../kernel/day.ts'
import { type FieldProblem, fieldProblem } from '../kernel/error.ts'
import type { Id } from '../kernel/id.ts'
import type { RiskMethod } from './method.ts'
import { methodStateOn } from './method-rules.ts'
import { ratingProblems } from './rating.ts'
import type { Action, Risk } from './risk.ts'

type Dated = { pointer: string; day: Day }

/** Every day in it on which something became so; a due day or the end of a plan may lie ahead. */
function datesOf(one: Risk): Dated[] {
  const at = (list: string, day: string, days: readonly (Day | null | undefined)[]): Dated[] =>
    days.flatMap((each, index) => (each ? [{ pointer: `/${list}/${index}/${day}`, day: each }] : []))
  return [
    ...at(
      'assessments',
      'on',
      one.assessments.map((each) => each.on),
    ),
    ...at(
      'treatments',
      'from',
      one.treatments.map((each) => each.from),
    ),
    ...at(
      'actions',
      'plannedOn',
      one.actions.map((each) => each.plannedOn),
    ),
    ...at(
      'actions',
      'doneOn',
      one.actions.map((each) => each.doneOn),
    ),
    ...at(
      'actions',
      'dropped',
      one.actions.map((each) => each.dropped?.on),
    ),
    ...at(
      'reviews',
      'on',
      one.reviews.map((each) => each.on),
    ),
    ...at(
      'reopened',
      'on',
      one.reopened.map((each) => each.on),
    ),
    ...(one.closed ? [{ pointer: '/closed', day: one.closed.on }] : []),
  ]
}

function actionProblems(actions: readonly Action[]): FieldProblem[] {
  const keys = actions.map((one) => one.key)
  return actions.flatMap((one, index) => [
    ...(keys.indexOf(one.key) < index
      ? [fieldProblem(`/actions/${index}/key`, 'risk.action_twice', { key: one.key })]
      : []),
    ...(one.dueOn < one.plannedOn
      ? [fieldProblem(`/actions/${index}/dueOn`, 'risk.due_before_planned', { day: one.plannedOn })]
      : []),
    ...(one.doneOn !== null && one.doneOn < one.plannedOn
      ? [fieldProblem(`/actions/${index}/doneOn`, 'risk.done_before_planned', { day: one.plannedOn })]
      : []),
  ])
}

function assessmentProblems(one: Risk, methods: ReadonlyMap<Id, RiskMethod>): FieldProblem[] {
  const all = [...methods.values()]
  return one.assessments.flatMap((each, index) => {
    const method = methods.get(each.methodId)
    const at = `/assessments/${index}`
    if (!method) return [fieldProblem(`${at}/methodId`, 'record.reference_unknown')]
    const state = methodStateOn(method, all, each.on)
    return [
      ...(state === 'draft' || state === 'withdrawn'
        ? [
            fieldProblem(`${at}/methodId`, 'risk.method_not_approved', {
              number: method.number,
              day: each.on,
            }),
          ]
        : []),
      ...ratingProblems(method, each).map((problem) => ({ ...problem, pointer: `${at}${problem.pointer}` })),
    ]
  })
}

/** What is wrong with the words and ranges of a risk by itself. */
export function writtenProblems(one: Risk, today: Day): FieldProblem[] {
  const turned = (range: 'frequency' | 'loss') =>
    one.quantity !== null && one.quantity[range].low > one.quantity[range].high
      ? [fieldProblem(`/quantity/${range}/low`, 'risk.range_turned')]
      : []
  const [first] = datesOf(one)
    .map(({ day }) => day)
    .sort()
  return [
    ...(one.identifiedOn > today
      ? [fieldProblem('/identifiedOn', 'risk.in_future', { day: one.identifiedOn, today })]
      : []),
    ...(first !== undefined && one.identifiedOn > first
      ? [fieldProblem('/identifiedOn', 'risk.after_facts', { day: first })]
      : []),
    ...turned('frequency'),
    ...turned('loss'),
  ]
}

/** What is wrong with a risk that is brought with its history, such as by a file. */
export const historyProblems = (
  one: Risk,
  methods: ReadonlyMap<Id, RiskMethod>,
  today: Day,
): FieldProblem[] => [
  ...writtenProblems(one, today),
  ...datesOf(one).flatMap(({ pointer, day }) =>
    day > today ? [fieldProblem(pointer, 'risk.in_future', { day, today })] : [],
  ),
  ...actionProblems(one.actions),
  ...assessmentProblems(one, methods),
]
