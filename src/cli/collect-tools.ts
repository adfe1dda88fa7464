import { isIPv6 } from 'node:net'
import { UsageError } from './command.ts'

/** How a tool is run. `file`: it writes its report to the file whose path it is given. */
export type Tool = {
  kind: string
  /** Names under which distributions install it, the usual one first. */
  programs: readonly string[]
  needsTarget: boolean
  file: string | null
  /** What the file of raw output is called. */
  output: string
  args(options: { target: string; file: string; extra: readonly string[] }): string[]
  /** Exit codes with which its report is whole: many tools say "found something" that way. */
  isDone(code: number): boolean
  /** How to ask for its version, and where it stands in the answer. */
  version: { args: readonly string[]; form: RegExp } | null
}

const oneOf =
  (...codes: number[]) =>
  (code: number) =>
    codes.includes(code)

/** `host:port`, `[::1]:port`, or a host alone. */
function splitTarget(target: string, usual: string): [string, string] {
  const [, bracketed, plain, port] =
    /^(?:\[([0-9A-Fa-f:.%]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(target) ?? []
  const host = bracketed ?? plain
  if (host === undefined) return isIPv6(target) ? [target, usual] : refuseTarget(target)
  return [host, port ?? usual]
}

const refuseTarget = (target: string): never => {
  throw new UsageError(`${JSON.stringify(target)} is no host, host:port or [address]:port`)
}

/** A target that begins with a dash would be an option of the tool. */
export function checkTarget(target: string): string {
  if (!/^[A-Za-z0-9[][A-Za-z0-9.:/[\]_%,*-]{0,299}$/.test(target)) return refuseTarget(target)
  return target
}

export const tools: Readonly<Record<string, Tool>> = {
  'ssh-audit': {
    kind: 'ssh-audit',
    programs: ['ssh-audit'],
    needsTarget: true,
    file: null,
    output: 'ssh-audit.json',
    args({ target, extra }) {
      const [host, port] = splitTarget(target, '22')
      return ['-j', '-p', port, ...extra, host]
    },
    // 2: warnings, 3: failures; 1 is "no connection".
    isDone: oneOf(0, 2, 3),
    version: { args: ['-h'], form: /ssh-audit v(\d[\w.-]*)/ },
  },
  nmap: {
    kind: 'nmap',
    programs: ['nmap'],
    needsTarget: true,
    file: null,
    output: 'nmap.xml',
    args: ({ target, extra }) => ['-oX', '-', '-sV', '--version-light', ...extra, target],
    isDone: oneOf(0),
    version: null,
  },
  testssl: {
    kind: 'testssl',
    programs: ['testssl', 'testssl.sh'],
    needsTarget: true,
    file: 'testssl.json',
    output: 'testssl.json',
    args: ({ target, file, extra }) => [
      ...['--quiet', '--warnings', 'batch', '--color', '0', '--jsonfile', file],
      ...(extra.length > 0 ? extra : ['--protocols', '--server-defaults', '--server-preference']),
      target,
    ],
    // Below 242 it counts what it found; from there on it says why it stopped.
    isDone: (code) => code < 242,
    version: { args: ['--color', '0', '--version'], form: /testssl(?:\.sh)? (?:version )?v?(\d[\w.-]*)/ },
  },
  lynis: {
    kind: 'lynis',
    programs: ['lynis'],
    needsTarget: false,
    file: 'lynis-report.dat',
    output: 'lynis-report.dat',
    args: ({ file, extra }) => [
      ...['audit', 'system', '--quick', '--no-colors', '--report-file', file, '--log-file', `${file}.log`],
      ...extra,
    ],
    isDone: oneOf(0),
    version: null,
  },
  openscap: {
    kind: 'openscap',
    programs: ['oscap'],
    needsTarget: false,
    file: 'xccdf-results.xml',
    output: 'xccdf-results.xml',
    args: ({ file, extra }) => ['xccdf', 'eval', '--results', file, ...extra],
    // 2: some rule failed.
    isDone: oneOf(0, 2),
    version: { args: ['--version'], form: /OpenSCAP command line tool \(oscap\) (\d[\w.-]*)/ },
  },
}

/** Forms that any command may print. */
export const formats = ['json', 'sarif', 'ocsf'] as const
