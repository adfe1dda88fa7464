/** What a command of the command line may use: tests give it strings, `main.ts` the process. */
export type Shell = {
  env: NodeJS.ProcessEnv
  out: (line: string) => void
  fail: (line: string) => void
  fetch: typeof fetch
}

/** A command: the words after its name, to an exit code; 0 is good, 1 is bad news, 2 is a wrong use. */
export type CliCommand = {
  usage: string
  summary: string
  run(words: string[], shell: Shell): Promise<number>
}

/** A wrong use of a command, said in a sentence. */
export class UsageError extends Error {}
