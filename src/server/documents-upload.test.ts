import { readdir } from 'node:fs/promises'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isms } from '../../tests/support/certificates.ts'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import {
  callerWith,
  foundHome,
  grantAll,
  type Home,
  makeWorld,
  type World,
} from '../../tests/support/world.ts'
import { diskObjects } from '../adapters/disk.ts'
import { registerCertificate } from '../certificates/server/commands.ts'
import { reading } from '../db/transaction.ts'
import { registerDocumentRoutes } from './documents-http.ts'
import { execute } from './execute.ts'
import { createHttp } from './http.ts'
import type { Caller } from './runtime.ts'

// Over real sockets and a real directory: what a dying connection leaves behind cannot be seen in memory.
const directory = temporaryDirectory('uploads')
let world: World
let home: Home
let app: FastifyInstance
let caller: Caller
let path: string
let port: number

beforeAll(async () => {
  world = await makeWorld('documents-upload', { objects: diskObjects(directory.path) })
  home = await foundHome(world)
  caller = home.manager
  const authenticate = async () => caller
  app = createHttp({ runtime: world.runtime, routes: [], authenticate, log: () => undefined })
  registerDocumentRoutes(app, world.runtime, authenticate)
  await app.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.address() as AddressInfo).port
  const {
    id: _id,
    version: _version,
    ...facts
  } = isms({
    holders: [{ entityId: home.root.id, from: null, to: null }],
  })
  const owner = await execute(world.runtime, home.manager, registerCertificate, facts)
  path = `/api/certificates/${owner.id}/documents`
})
afterAll(async () => {
  await app.close()
  await world.close()
  directory.remove()
})

const fields = { kind: 'report', title: '{"en":"Report"}', language: '', distribution: 'internal' }

function body(size: number): Buffer {
  const texts = Object.entries(fields).map(
    ([name, value]) => `--edge\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return Buffer.concat([
    Buffer.from(texts.join('')),
    Buffer.from(
      '--edge\r\ncontent-disposition: form-data; name="file"; filename="report.pdf"\r\ncontent-type: application/pdf\r\n\r\n',
    ),
    Buffer.from('%PDF-1.7\n'),
    Buffer.alloc(size, 0x20),
    Buffer.from('\r\n--edge--\r\n'),
  ])
}

const head = (length: number) =>
  `POST ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: multipart/form-data; boundary=edge\r\ncontent-length: ${length}\r\n\r\n`

const opened = () =>
  new Promise<Socket>((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1', () => resolve(socket))
    socket.on('error', reject)
  })

/** Everything that the server says until it or we hang up. */
const answerOf = (socket: Socket) =>
  new Promise<string>((resolve) => {
    let text = ''
    socket.on('data', (part) => {
      text += part
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(text))
  })

const filesKept = async () =>
  (await readdir(directory.path, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())
    .length

const documents = () =>
  reading(world.database, home.organisationId, (tx) => tx.selectFrom('document').select('digest').execute())

/** Waits until the server has put away what the cut connection left; fails by time-out when it never does. */
async function settled(files: number): Promise<void> {
  while ((await filesKept()) !== files) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('an upload whose connection is cut', () => {
  it.each([
    ['in the head of the file', 0.0001],
    ['in the middle', 0.5],
    ['at 99 %', 0.99],
    ['one byte before its end', 1],
  ])('%s leaves nothing', async (_, share) => {
    const form = body(3_000_000)
    const socket = await opened()
    const answered = answerOf(socket)
    socket.write(head(form.length))
    socket.write(form.subarray(0, Math.min(form.length - 1, Math.ceil(form.length * share))))
    // Not before the server has begun to write, or there is nothing that it could leave.
    if (share > 0.4) await settled(1)
    socket.destroy()
    await answered
    await settled(0)
    expect(await documents()).toEqual([])
  })

  it('is as if it had never been: the same file arrives afterwards, once however often', async () => {
    const send = async () => {
      const form = body(3_000_000)
      const socket = await opened()
      const answered = answerOf(socket)
      socket.write(Buffer.concat([Buffer.from(head(form.length)), form]))
      return answered
    }
    const answers = await Promise.all(Array.from({ length: 8 }, send))
    expect(answers.map((text) => text.slice(0, 12))).toEqual(Array.from({ length: 8 }, () => 'HTTP/1.1 201'))
    const kept = await documents()
    expect([kept.length, new Set(kept.map((one) => one.digest)).size]).toEqual([8, 1])
    expect(await filesKept()).toBe(1)
  })
})

describe('an upload that is refused', () => {
  it('gets its answer before one byte of the file is sent', async () => {
    caller = callerWith(home.organisationId, [grantAll('reader')], world.runtime.random)
    try {
      const socket = await opened()
      const answered = answerOf(socket)
      socket.write(head(40_000_000))
      expect(await answered).toMatch(/^HTTP\/1\.1 403/)
    } finally {
      caller = home.manager
    }
  })

  it('for its size leaves nothing, wherever its limit is noticed', async () => {
    const before = await filesKept()
    const form = body(50 * 1024 * 1024)
    const socket = await opened()
    const answered = answerOf(socket)
    socket.write(Buffer.concat([Buffer.from(head(form.length)), form]))
    const text = await answered
    expect(text).toMatch(/^HTTP\/1\.1 400/)
    expect(text).toContain('input.too_large')
    await settled(before)
  })
})
