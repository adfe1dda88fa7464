import { expect, test } from 'vitest'
import { always, link, onDay, operating, requirement } from '../../tests/support/posture.ts'
import { controlKey, requirementKey } from './graph.ts'
import {
  decisionRefusals,
  implementationRefusals,
  linkRefusals,
  occurrenceRefusals,
  togetherRefusals,
} from './refusals.ts'

const known = new Set([...['a', 'b', 'c'].map(controlKey), requirementKey(requirement('R'))])

test('a control that implements itself is refused, by itself or by way of others; who merely leads there is not', () => {
  const self = link('a', 'equal', { control: 'a' })
  expect(linkRefusals([self], known)).toEqual([
    { code: 'control_implements_itself', linkId: self.id, controls: ['a'] },
  ])
  const [ab, ba, ca] = [
    link('a', 'subset', { control: 'b' }),
    link('b', 'superset', { control: 'a' }),
    link('c', 'equal', { control: 'a' }),
  ]
  expect(linkRefusals([ab, ba, ca], known)).toEqual([
    { code: 'control_implements_itself', linkId: ab.id, controls: ['a', 'b'] },
    { code: 'control_implements_itself', linkId: ba.id, controls: ['b', 'a'] },
  ])
  expect(linkRefusals([ab, ca, link('b', 'equal', requirement('R'))], known)).toEqual([])
})

test('a link has two known ends, once, in the right direction and in order', () => {
  const good = link('a', 'equal', requirement('R'))
  const codes = (...links: ReturnType<typeof link>[]) => linkRefusals(links, known).map(({ code }) => code)
  expect(codes(good)).toEqual([])
  expect(codes(good, { ...good, id: 'again' })).toEqual(['link_repeated'])
  expect(codes(link('a', 'equal', requirement('X')))).toEqual(['link_end_unknown'])
  expect(codes({ ...good, source: requirement('R'), target: { control: 'a' } })).toEqual([
    'link_from_requirement_to_control',
  ])
  expect(codes({ ...good, source: requirement('R') })).toEqual(['link_to_itself'])
  expect(codes({ ...good, from: onDay(2), to: onDay(1) })).toEqual(['interval_reversed'])
})

test('a group has two members or more, all linked to its requirement', () => {
  const links = [link('a', 'subset', requirement('R')), link('b', 'intersects', requirement('R'))]
  const group = { id: 't', controls: ['a', 'b'], requirement: requirement('R'), ...always }
  expect(togetherRefusals(group, links, known)).toEqual([])
  expect(togetherRefusals({ ...group, controls: ['a', 'c'] }, links, known)).toEqual([
    { code: 'together_member_unlinked', togetherId: 't', controlId: 'c' },
  ])
  expect(togetherRefusals({ ...group, controls: ['a'] }, links, known)).toEqual([
    { code: 'together_too_few', togetherId: 't' },
  ])
})

test('what is left out has a reason, and a control one stance at a time', () => {
  const stance = { stance: 'excluded' as const, reason: null, from: onDay(0), to: onDay(5) }
  const with_ = (...stances: ReturnType<typeof operating>['stances']) =>
    implementationRefusals({ ...operating('i', 'a', 'co'), stances }).map(({ code }) => code)
  expect(with_(stance)).toEqual(['stance_without_reason'])
  expect(
    with_({ ...stance, reason: 'No office.' }, { ...stance, stance: 'operating', from: onDay(5), to: null }),
  ).toEqual(['stances_overlap'])
  expect(
    with_({ ...stance, reason: 'No office.' }, { ...stance, stance: 'operating', from: onDay(6), to: null }),
  ).toEqual([])
  const decision = {
    id: 'd',
    programmeId: 'p',
    ...requirement('R'),
    unit: null,
    justification: ' ',
    ...always,
  }
  expect(decisionRefusals(decision)).toEqual([{ code: 'decision_without_justification', decisionId: 'd' }])
})

test('an occurrence is due in or after its period', () => {
  const one = { id: 'o', implementationId: 'i', attempts: [], missedReason: null, periodFrom: onDay(5) }
  expect(occurrenceRefusals({ ...one, periodTo: onDay(9), dueBy: onDay(5) })).toEqual([])
  expect(occurrenceRefusals({ ...one, periodTo: onDay(4), dueBy: onDay(4) }).map(({ code }) => code)).toEqual(
    ['interval_reversed', 'occurrence_due_before_period'],
  )
})
