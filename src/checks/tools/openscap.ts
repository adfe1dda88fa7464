import { type Item, itemOf, type Parsed, UnreadableOutput } from '../collection.ts'
import { attribute, type Element, firstInside, inside, numberOf, readXml } from './xml.ts'

/** An instant with a zone; OpenSCAP before 1.4 writes local times, of which nothing is known. */
const zoned = (text: string): string | null => {
  const instant = /(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(instant) ? null : new Date(instant).toISOString()
}

const shortId = (id: string): string => id.replace(/^xccdf_[^_]+(?:_[^_]+)*?_(?:rule|profile|benchmark)_/, '')

function itemOfResult(result: Element): Item {
  const rules = inside(result, 'rule-result')
    .map((rule) => ({
      id: shortId(attribute(rule, 'idref')),
      severity: attribute(rule, 'severity'),
      result: firstInside(rule, 'result')?.text.trim() ?? '',
    }))
    .filter((rule) => rule.result !== 'notselected')
  if (rules.length === 0) throw new UnreadableOutput('failed', 'no rule was evaluated')
  const unknown = rules.filter((rule) => rule.result === 'error' || rule.result === 'unknown')
  const names = ['target', 'target-address'].flatMap((name) =>
    inside(result, name).map((one) => one.text.trim()),
  )
  const [score] = inside(result, 'score')
  const of = (wanted: string) => rules.filter((rule) => rule.result === wanted)
  return itemOf(
    // A loopback address is everybody's.
    names.filter((name) => !/^(127\.|::1$|0:0:0:0:0:0:0:1$)/.test(name)),
    {
      profile: shortId(attribute(firstInside(result, 'profile'), 'idref')),
      benchmark: attribute(firstInside(result, 'benchmark'), 'href'),
      score: numberOf(score?.text ?? ''),
      passed: of('pass').length,
      failed: of('fail').map(({ id, severity }) => ({ id, severity })),
      rules,
    },
    unknown.length > 0 ? `${unknown.length} rules could not be evaluated, ${unknown[0]?.id} first` : null,
  )
}

/** Results of `oscap xccdf eval --results` or `--results-arf` (XCCDF 1.2 TestResult, ARF 1.1). */
export function parseOpenscap(text: string): Parsed {
  const items: Item[] = []
  let times = { start: '', end: '', version: '' }
  readXml(text, new Set(['TestResult']), ['Benchmark', 'TestResult', 'asset-report-collection'], (one) => {
    items.push(itemOfResult(one))
    times = {
      start: attribute(one, 'start-time'),
      end: attribute(one, 'end-time'),
      version: attribute(one, 'test-system').replace(/^cpe:\/a:redhat:openscap:/, ''),
    }
  })
  if (items.length === 0) throw new UnreadableOutput('not-it', 'no test result')
  return {
    tool: { name: 'openscap', version: times.version || null },
    startedAt: zoned(times.start),
    endedAt: zoned(times.end),
    items,
  }
}
