import { expect, it } from 'vitest'
import { may } from '../src/access/permission.ts'
import { type Actor, roles } from '../src/kernel/actor.ts'
import { accessTables, permissionMatrix, routes } from '../src/server/nouns.ts'
import { openApi } from '../src/server/openapi.ts'

// Golden files show a reviewer what a change does to permissions and addresses. `npx vitest run -u` rewrites them.

const organisationId = '00000000-0000-4000-8000-000000000001'

const actorWith = (role: (typeof roles)[number]): Actor => ({
  kind: 'person',
  id: organisationId,
  name: role,
  organisationId,
  grants: [{ role, entityId: null, certificateId: null }],
  scopes: null,
})

it('every role x noun x action is as reviewed', async () => {
  const matrix = permissionMatrix()
  const width = Math.max(...[...matrix.keys()].map((key) => key.length))
  const lines = accessTables.flatMap((table) => [
    '',
    `${table.noun.padEnd(width)}  ${roles.map((role) => role.padEnd(11)).join(' ')}`.trimEnd(),
    ...Object.keys(table.actions).map((action) => {
      const permission = `${table.noun}.${action}`
      const cells = roles.map((role) =>
        (may(matrix, actorWith(role), permission, 'organisation', () => [], true) ? 'yes' : '-').padEnd(11),
      )
      return `${permission.padEnd(width)}  ${cells.join(' ')}`.trimEnd()
    }),
  ])
  await expect(`${lines.join('\n').trim()}\n`).toMatchFileSnapshot('golden/permissions.txt')
})

it('every address of the API is as reviewed', async () => {
  const lines = routes.map(
    ({ method, path, operation }) =>
      `${method.padEnd(6)} ${path.padEnd(52)} ${operation.noun}.${operation.action}`,
  )
  expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size).toBe(routes.length)
  await expect(`${lines.sort().join('\n')}\n`).toMatchFileSnapshot('golden/routes.txt')
})

it('the OpenAPI description is as reviewed', async () => {
  await expect(`${JSON.stringify(openApi(routes, '0.1.0'), null, 2)}\n`).toMatchFileSnapshot(
    'golden/openapi.json',
  )
})
