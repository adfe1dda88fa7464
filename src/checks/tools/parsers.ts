import type { Parsed } from '../collection.ts'
import { parseJson } from './json.ts'
import { parseSshAudit } from './ssh-audit.ts'

/** `target` is what the tool was pointed at, for outputs that do not say it. Throws `UnreadableOutput`. */
export type Parser = (text: string, target: string | null) => Parsed

/** Tools whose output is JSON, and can be structured data as it is, by the kind of their data. */
export const jsonParsers: Readonly<Record<string, Parser>> & { json: Parser } = {
  'ssh-audit': parseSshAudit,
  json: parseJson,
}
