import { resolve } from 'node:path'

/** What an operator can say; nothing of it is needed. The only file that reads the environment. */
export type Config = {
  /** Where everything lives that must survive: database, keys, objects, published log. */
  dataDir: string
  port: number
  host: string
  /** A PostgreSQL 15 or later to use instead of the embedded one. */
  databaseUrl: string | null
  /** Load the demo programme on first run; `ASSAY_DEMO=0` starts empty, with a set-up address. */
  demo: boolean
  /** The address at which browsers reach Assay, for links and passkeys. */
  publicUrl: string
  /** Where mail is handed over and from whom it comes; null sends none. */
  mail: { url: string; from: string } | null
  /** A file of SHA-1 prefixes or plain passwords known from breaches; optional. */
  breachedPasswords: string | null
}

export class ConfigError extends Error {}

function portOf(text: string | undefined): number {
  if (text === undefined || text === '') return 4600
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new ConfigError(`PORT must be a number from 0 to 65535, not "${text}"`)
  return port
}

function urlOf(text: string | undefined, port: number): string {
  const url = text ? URL.parse(text) : new URL(`http://localhost:${port}`)
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new ConfigError(`ASSAY_URL must be an http or https address, not "${text}"`)
  return url.origin
}

/** Both or neither: mail without a sender is refused by every server, and a sender alone sends nothing. */
function mailOf(url: string | undefined, from: string | undefined): Config['mail'] {
  if (!url && !from) return null
  if (!url || !from) throw new ConfigError('ASSAY_SMTP_URL and ASSAY_MAIL_FROM are needed together')
  // The address holds a password: it is never said back.
  const parsed = URL.parse(url)
  if (!parsed || !['smtp:', 'smtps:'].includes(parsed.protocol) || parsed.hostname === '')
    throw new ConfigError('ASSAY_SMTP_URL must be an address like smtps://user:password@mail.example.org')
  if (!/^[^\s<>@"]+@[^\s<>@"]+$/.test(from))
    throw new ConfigError(`ASSAY_MAIL_FROM must be one plain e-mail address, not "${from}"`)
  return { url, from }
}

export function readConfig(env: NodeJS.ProcessEnv, root: string): Config {
  const port = portOf(env.PORT)
  return {
    dataDir: resolve(root, env.ASSAY_DATA || 'data'),
    port,
    host: env.ASSAY_HOST || '127.0.0.1',
    databaseUrl: env.DATABASE_URL || null,
    demo: env.ASSAY_DEMO !== '0',
    publicUrl: urlOf(env.ASSAY_URL, port),
    mail: mailOf(env.ASSAY_SMTP_URL, env.ASSAY_MAIL_FROM),
    breachedPasswords: env.ASSAY_BREACHED_PASSWORDS || null,
  }
}
