import { itemOf, type Parsed, UnreadableOutput } from '../collection.ts'
import { isObject, type Json, objectsOf, readJsonLines, textOf } from './json.ts'

const inside = (value: unknown, ...names: string[]): unknown =>
  names.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value)

// OCSF severity_id.
const severities = ['unknown', 'informational', 'low', 'medium', 'high', 'critical', 'fatal']

const findingOf = (event: Json) => ({
  check:
    textOf(inside(event, 'metadata', 'event_code')) ??
    textOf(inside(event, 'finding_info', 'analytic', 'uid')) ??
    '',
  uid: textOf(inside(event, 'finding_info', 'uid')) ?? '',
  title: (textOf(inside(event, 'finding_info', 'title')) ?? '').slice(0, 500),
  class: typeof event.class_uid === 'number' ? event.class_uid : 0,
  severity: severities[Number(event.severity_id)] ?? 'unknown',
  // What was not decided by the tool (MANUAL, or nothing) is neither.
  result: textOf(event.status_code) ?? textOf(inside(event, 'compliance', 'status')) ?? '',
  detail: (textOf(event.status_detail) ?? '').slice(0, 1000),
  muted: textOf(event.status) === 'Suppressed',
})

const namesOf = (resource: Json): (string | null)[] => [
  textOf(resource.uid),
  textOf(resource.name),
  textOf(inside(resource, 'data', 'metadata', 'arn')),
]

/** Findings by OCSF 1.x (classes 2001 to 2007), as a list or a line each: an item for each resource they speak of. */
export function parseOcsf(text: string, target: string | null): Parsed {
  const events = readJsonLines(text)
  const found = new Map<string, { names: (string | null)[]; findings: ReturnType<typeof findingOf>[] }>()
  for (const event of events) {
    if (!isObject(event) || typeof event.class_uid !== 'number')
      throw new UnreadableOutput('not-it', 'an entry is no OCSF event')
    const resources = objectsOf(event.resources)
    const spoken =
      resources.length > 0 ? resources : [{ uid: textOf(inside(event, 'cloud', 'account', 'uid')) ?? target }]
    for (const resource of spoken) {
      const names = namesOf(resource)
      const key = names.find((name) => name) ?? ''
      const item = found.get(key) ?? { names, findings: [] }
      item.findings.push(findingOf(event))
      found.set(key, item)
    }
  }
  const [first] = events
  return {
    tool: {
      name: textOf(inside(first, 'metadata', 'product', 'name')) ?? 'ocsf',
      version: textOf(inside(first, 'metadata', 'product', 'version')),
    },
    startedAt: null,
    endedAt: null,
    items: [...found.values()].map(({ names, findings }) => itemOf(names, { findings })),
  }
}
