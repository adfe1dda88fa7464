#!/usr/bin/env node
import { type CliCommand, type Shell, UsageError } from './command.ts'

// Loaded only when called: `verify` must run where nothing is installed but Node.
const commands: Readonly<Record<string, { summary: string; load(): Promise<CliCommand> }>> = {
  verify: {
    summary: 'Examine a proof bundle, a document with its bundle, an archive, or a published page',
    load: async () => (await import('./verify.ts')).verify,
  },
  fsck: {
    summary: 'Recompute the evidence log and compare every record with it',
    load: async () => (await import('./fsck.ts')).fsck,
  },
  log: {
    summary: 'Change the key of a log, or begin a successor of one that cannot go on',
    load: async () => (await import('./log.ts')).log,
  },
  export: {
    summary: 'Take the whole organisation along as one archive',
    load: async () => (await import('./export.ts')).exportArchive,
  },
  import: {
    summary: 'Bring an organisation from an archive into an empty installation',
    load: async () => (await import('./import.ts')).importCommand,
  },
  scrub: {
    summary: 'Read every stored file that a record needs and compare it with its digest',
    load: async () => (await import('./scrub.ts')).scrub,
  },
  evidence: {
    summary: 'Send files as evidence to a running server, or compare stored files with the records',
    load: async () => (await import('./evidence.ts')).evidence,
  },
  collect: {
    summary: 'Run a tool here and deliver what it saw as evidence',
    load: async () => (await import('./collect.ts')).collectCommand,
  },
  posture: {
    summary: 'Say which requirements fail, why, and whose task that is',
    load: async () => (await import('./posture.ts')).posture,
  },
  report: {
    summary: 'Fetch a report as a file, or the package for a stage 1 audit',
    load: async () => (await import('./report.ts')).report,
  },
  apply: {
    summary: 'Make the organisation on a running server as a programme file says',
    load: async () => (await import('./apply.ts')).apply,
  },
}

function help(shell: Shell): void {
  shell.out('assay <command>')
  for (const [name, { summary }] of Object.entries(commands)) shell.out(`  ${name.padEnd(12)}${summary}`)
}

/** Runs the command that the words name, and gives the exit code. */
export async function main(words: readonly string[], shell: Shell): Promise<number> {
  const [name = 'help', ...rest] = words
  if (name === 'help' || name === '--help') {
    help(shell)
    return 0
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!entry) {
    shell.fail(`There is no command ${name}.`)
    help(shell)
    return 2
  }
  const command = await entry.load()
  try {
    return await command.run(rest, shell)
  } catch (error) {
    shell.fail(error instanceof Error ? error.message : String(error))
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const misused = error instanceof UsageError || code.startsWith('ERR_PARSE_ARGS')
    if (misused) shell.fail(command.usage)
    return misused ? 2 : 1
  }
}

if (import.meta.main) {
  const { env } = process
  process.exitCode = await main(process.argv.slice(2), { env, out: console.log, fail: console.error, fetch })
}
