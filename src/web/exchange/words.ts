/** What is said in the words of the register that a file is about. */
export type ImportWords = {
  title: string
  lead: string
  template: string
  /** What a row is recognised by. */
  key: string
  /** Names of what a row changes. */
  parts: Readonly<Record<string, string>>
  ready: (count: string) => string
  done: (created: string, updated: string) => string
}
