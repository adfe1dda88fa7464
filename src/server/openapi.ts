import { z } from 'zod'
import type { Context } from '../db/context.ts'
import type { Route } from '../kernel/route.ts'

type Schema = Record<string, unknown>

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Schema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
  }) as Schema
  return rest
}

const parametersIn = (path: string) => [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')

function parameters(route: Route<Context>): { list: Schema[]; rest: Schema } {
  const names = parametersIn(route.path)
  const input = jsonSchema(route.operation.input, 'input')
  const properties = (input.properties ?? {}) as Record<string, Schema>
  const required = (input.required ?? []) as string[]
  const list: Schema[] = names.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: properties[name] ?? { type: 'string' },
  }))
  const others = Object.entries(properties).filter(([name]) => !names.includes(name))
  if (route.method === 'GET') {
    for (const [name, schema] of others)
      list.push({ name, in: 'query', required: required.includes(name), schema })
    list.push(
      {
        name: 'asOf',
        in: 'query',
        description: 'The day the facts are about',
        schema: { type: 'string', format: 'date' },
      },
      {
        name: 'knownAt',
        in: 'query',
        description: 'The instant whose knowledge to use',
        schema: { type: 'string', format: 'date-time' },
      },
    )
    return { list, rest: {} }
  }
  if (route.method === 'POST')
    list.push({ name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 255 } })
  if ('version' in properties)
    list.push({
      name: 'If-Match',
      in: 'header',
      description: 'ETag of the version that is changed',
      schema: { type: 'string' },
    })
  const rest = {
    ...input,
    properties: Object.fromEntries(others),
    required: required.filter((name) => !names.includes(name) && name !== 'version'),
  }
  return { list, rest }
}

function operationOf(route: Route<Context>): Schema {
  const { operation } = route
  const { list, rest } = parameters(route)
  const problem = {
    description: 'Problem details (RFC 9457)',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
  return {
    operationId: `${operation.noun}.${operation.action} ${route.method} ${route.path}`.replaceAll(
      /[^A-Za-z0-9]+/g,
      '_',
    ),
    summary: route.summary,
    tags: [operation.noun],
    'x-permission': `${operation.noun}.${operation.action}`,
    parameters: list,
    ...(route.method === 'GET'
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: rest } } } }),
    responses: {
      200: {
        description: 'Done',
        content: { 'application/json': { schema: jsonSchema(operation.output, 'output') } },
      },
      default: problem,
    },
  }
}

/** The description of the API (OpenAPI 3.1), generated from the commands and queries behind the routes. */
export function openApi(routes: readonly Route<Context>[], version: string): Schema {
  const paths: Record<string, Record<string, Schema>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Assay', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    security: [{ session: [] }, { key: [] }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'assay.session_token' },
        key: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Problem: problemSchema },
    },
  }
}

const problemSchema: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
}
