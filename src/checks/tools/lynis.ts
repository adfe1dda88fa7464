import { itemOf, type Parsed, UnreadableOutput } from '../collection.ts'

/** A line of a list: `SSH-7408|Consider hardening SSH configuration|Port (set 22 to )|-|`. */
function adviceOf(line: string) {
  const [test = '', message = '', details = ''] = line.split('|')
  return { test, message, details: details === '-' ? '' : details }
}

const listed = (text: string | undefined): string[] => (text ?? '').split('|').filter((part) => part !== '')

/** The report file of `lynis audit system`, `name=value` a line. Its last line says that it is whole. */
export function parseLynis(text: string, target: string | null): Parsed {
  const values = new Map<string, string>()
  const lists = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [, name, isList, value = ''] = /^([A-Za-z0-9_-]{1,80})(\[\])?=(.*)$/.exec(line.trimEnd()) ?? []
    if (name === undefined) continue
    if (isList) lists.set(name, [...(lists.get(name) ?? []), value])
    else values.set(name, value)
  }
  if (text.trim() === '') throw new UnreadableOutput('empty', 'the report is empty')
  if (!values.has('lynis_version')) throw new UnreadableOutput('not-it', 'it names no version of Lynis')
  if (values.get('finish') !== 'true') throw new UnreadableOutput('cut-off', 'Lynis did not come to its end')
  const advice = (name: string) => (lists.get(name) ?? []).map(adviceOf)
  const index = Number(values.get('hardening_index') ?? Number.NaN)
  const addresses = lists.get('network_ipv4_address') ?? []
  const facts = {
    os: values.get('os_fullname') ?? values.get('os') ?? '',
    kernel: values.get('os_kernel_version_full') ?? values.get('os_kernel_version') ?? '',
    ...(Number.isInteger(index) ? { hardeningIndex: index } : {}),
    warnings: advice('warning'),
    suggestions: advice('suggestion'),
    executed: listed(values.get('tests_executed')),
    skipped: listed(values.get('tests_skipped')),
  }
  const names = [target, values.get('hostname'), ...addresses.filter((one) => !one.startsWith('127.'))]
  return {
    tool: { name: 'lynis', version: values.get('lynis_version') ?? null },
    // Lynis writes local times without their zone.
    startedAt: null,
    endedAt: null,
    items: [itemOf(names, facts)],
  }
}
