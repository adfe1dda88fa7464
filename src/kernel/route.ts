import type { Command, Query } from './command.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

// The context is the only thing about which the kernel knows nothing; a route never looks inside its operation.
// biome-ignore lint/suspicious/noExplicitAny: a table of routes holds operations of every input and output
export type AnyOperation<Context> = Command<Context, any, any> | Query<Context, any, any>

/** One line of the table of contents of the API: an address and the command or query behind it. */
export type Route<Context> = {
  method: Method
  path: string
  operation: AnyOperation<Context>
  summary: string
  /** Largest body in bytes, where it is not the usual one. */
  bodyLimit?: number
}

/** `path` writes parameters as `:id`; they join the body or the query as input of the operation. */
export const route = <Context>(
  method: Method,
  path: string,
  operation: AnyOperation<Context>,
  summary: string,
): Route<Context> => ({ method, path, operation, summary })
