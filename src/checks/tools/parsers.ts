import type { Parsed } from '../collection.ts'
import { parseJson } from './json.ts'
import { parseLynis } from './lynis.ts'
import { parseNmap } from './nmap.ts'
import { parseOcsf } from './ocsf.ts'
import { parseOpenscap } from './openscap.ts'
import { parseSarif } from './sarif.ts'
import { parseSshAudit } from './ssh-audit.ts'
import { parseTestssl } from './testssl.ts'

/** `target` is what the tool was pointed at, for outputs that do not say it. Throws `UnreadableOutput`. */
export type Parser = (text: string, target: string | null) => Parsed

/** Tools whose output is JSON, and can be structured data as it is, by the kind of their data. */
export const jsonParsers: Readonly<Record<string, Parser>> & { json: Parser } = {
  'ssh-audit': parseSshAudit,
  testssl: parseTestssl,
  sarif: parseSarif,
  ocsf: parseOcsf,
  json: parseJson,
}

/** Every output that Assay can bring into the normal form, by the kind of the data. */
export const parsers: Readonly<Record<string, Parser>> = {
  ...jsonParsers,
  nmap: parseNmap,
  lynis: parseLynis,
  openscap: parseOpenscap,
}
