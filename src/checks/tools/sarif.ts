import { type Item, itemOf, type Parsed, UnreadableOutput } from '../collection.ts'
import { isObject, type Json, listOf, objectsOf, readJson, textOf } from './json.ts'

type Rules = ReadonlyMap<string, Json>

const inside = (value: unknown, ...names: string[]): unknown =>
  names.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value)

function findingOf(result: Json, rules: Rules, order: readonly Json[]) {
  const indexed = typeof result.ruleIndex === 'number' ? order[result.ruleIndex] : undefined
  const rule = textOf(result.ruleId) ?? textOf(inside(result, 'rule', 'id')) ?? textOf(indexed?.id) ?? ''
  const declared = rules.get(rule) ?? indexed
  const severity = Number(
    textOf(inside(result, 'properties', 'security-severity')) ??
      textOf(inside(declared, 'properties', 'security-severity')) ??
      Number.NaN,
  )
  const [place] = objectsOf(result.locations)
  const line = inside(place, 'physicalLocation', 'region', 'startLine')
  // Section 3.27.10: absent, the level is that of the rule, and "warning" where the rule says nothing.
  const level = textOf(result.level) ?? textOf(inside(declared, 'defaultConfiguration', 'level')) ?? 'warning'
  const suppressions = objectsOf(result.suppressions)
  return {
    rule,
    level,
    kind: textOf(result.kind) ?? 'fail',
    ...(Number.isFinite(severity) ? { severity } : {}),
    message: (
      textOf(inside(result, 'message', 'text')) ??
      textOf(inside(result, 'message', 'markdown')) ??
      ''
    ).slice(0, 2000),
    file: textOf(inside(place, 'physicalLocation', 'artifactLocation', 'uri')) ?? '',
    line: typeof line === 'number' ? line : 0,
    // Section 3.35.3: under review or rejected is not suppressed.
    suppressed:
      suppressions.length > 0 &&
      suppressions.every(({ status }) => status === undefined || status === 'accepted'),
    baseline: textOf(result.baselineState) ?? '',
  }
}

/** What was not done or not told (section 3.14.23: `results` is null when the scan failed, empty when it found nothing). */
function incompleteOf(run: Json): string | null {
  if (run.results === null || run.results === undefined)
    return 'the run has no results: the scan did not come about'
  const failed = objectsOf(run.invocations).find(({ executionSuccessful }) => executionSuccessful === false)
  return failed ? (textOf(failed.exitCodeDescription) ?? 'the tool says that it failed') : null
}

function itemOfRun(run: Json, target: string | null): Item {
  const driver = inside(run, 'tool', 'driver')
  const order = objectsOf(inside(driver, 'rules'))
  const rules = new Map(
    order.flatMap((rule) => (typeof rule.id === 'string' ? [[rule.id, rule] as const] : [])),
  )
  const repositories = objectsOf(run.versionControlProvenance).map((one) => textOf(one.repositoryUri))
  return itemOf(
    [target, ...repositories, textOf(inside(run, 'automationDetails', 'id')), textOf(inside(driver, 'name'))],
    {
      scanner: textOf(inside(driver, 'name')) ?? '',
      version: textOf(inside(driver, 'semanticVersion')) ?? textOf(inside(driver, 'version')) ?? '',
      findings: objectsOf(run.results).map((result) => findingOf(result, rules, order)),
    },
    incompleteOf(run),
  )
}

/** SARIF 2.1.0 (OASIS), an item for each run. */
export function parseSarif(text: string, target: string | null): Parsed {
  const value = readJson(text)
  if (!isObject(value) || !Array.isArray(value.runs)) throw new UnreadableOutput('not-it', 'no runs')
  if (textOf(value.version) !== '2.1.0')
    throw new UnreadableOutput('not-it', `SARIF ${textOf(value.version) ?? 'of no version'}, not 2.1.0`)
  const runs = objectsOf(listOf(value.runs))
  if (runs.length === 0) throw new UnreadableOutput('failed', 'a log without runs says nothing')
  const first = inside(runs[0], 'tool', 'driver')
  return {
    tool: { name: textOf(inside(first, 'name')) ?? 'sarif', version: textOf(inside(first, 'version')) },
    startedAt: null,
    endedAt: null,
    items: runs.map((run) => itemOfRun(run, target)),
  }
}
