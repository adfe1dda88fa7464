import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, stat, utimes } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { itemInput } from '../../tests/support/evidence.ts'
import type { UploadServerInput } from '../../tests/support/upload-server.ts'
import { foundHome, type Home, makeWorld, type World } from '../../tests/support/world.ts'
import { diskObjects } from '../adapters/disk.ts'
import type { EvidenceFile } from '../evidence/file.ts'
import { addEvidence } from '../evidence/server/commands.ts'
import type { Upload } from '../evidence/server/uploads.ts'
import { reconcile } from './evidence-reconcile.ts'
import { execute } from './execute.ts'

const script = fileURLToPath(new URL('../../tests/support/upload-server.ts', import.meta.url))
const now = '2023-07-31T03:00:00.000Z'
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

let world: World
let home: Home
let directory: ReturnType<typeof temporaryDirectory>
let child: ChildProcess
let url: string

beforeAll(async () => {
  directory = temporaryDirectory('evidence-breaks')
  world = await makeWorld('evidence-breaks', { objects: diskObjects(directory.path) })
  home = await foundHome(world)
})
afterEach(() => {
  child.kill('SIGKILL')
})
afterAll(async () => {
  await world.close()
  directory.remove()
})

async function start(dies: UploadServerInput['dies'] = null, at = directory.path): Promise<void> {
  const input: UploadServerInput = { config: world.config, directory: at, caller: home.manager, now, dies }
  child = spawn(process.execPath, [script, JSON.stringify(input)], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (!child.stdout) throw new Error('no output')
  const [line] = await once(createInterface(child.stdout), 'line')
  url = String(line)
}

async function killed(): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  expect(child.signalCode).toBe('SIGKILL')
}

type Answer = { status: number; json: Upload & { code?: string; items?: EvidenceFile[] } }

async function asked(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${url}${path}`, init)
  return { status: response.status, json: (await response.json()) as Answer['json'] }
}

const announced = async (size: number): Promise<Upload> =>
  (
    await asked('/api/evidence/uploads', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'dump.bin', size }),
    })
  ).json

const piece = (one: Upload, offset: number, bytes: Uint8Array) =>
  asked(`/api/evidence/uploads/${one.id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
    body: new Uint8Array(bytes),
  })

const known = async (one: Upload) => (await asked(`/api/evidence/uploads/${one.id}`)).json

/** Sends the head of a request and some of its body, and no more. */
async function begun(head: string[], bytes: Uint8Array): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(`${head.join('\r\n')}\r\nhost: x\r\n\r\n`)
  socket.write(bytes)
  return socket
}

/** Waits until a file that grows is longer than `size`. */
async function grown(path: () => Promise<string>, size: number): Promise<void> {
  for (;;) {
    const found = await path()
      .then(stat)
      .catch(() => null)
    if (found && found.size > size) return
    await setTimeout(5)
  }
}

/** What reconciliation says once everything in the store is older than a day. */
async function reconciled(remove = false) {
  const { objects } = world.runtime
  for await (const digest of objects.list())
    await utimes(
      join(directory.path, digest.slice(0, 2), digest.slice(2, 4), digest),
      new Date(now),
      new Date('2023-07-29T02:00:00Z'),
    )
  const { orphans, missing, strays } = await reconcile(world.runtime, { remove })
  return { orphans, missing, strays }
}

const sound = { orphans: [], missing: [], strays: [] }

const recorded = (file: EvidenceFile | null | undefined) =>
  execute(world.runtime, home.manager, addEvidence, { ...itemInput(home), files: [file?.id ?? ''] })

describe('a process that is killed', () => {
  it('in the middle of a piece has what it acknowledged, and the upload goes on to its end', async () => {
    const bytes = randomBytes(6_000_000)
    await start()
    const one = await announced(bytes.length)
    expect((await piece(one, 0, bytes.subarray(0, 2_000_000))).json.offset).toBe(2_000_000)
    const socket = await begun(
      [
        `PATCH /api/evidence/uploads/${one.id} HTTP/1.1`,
        'content-type: application/offset+octet-stream',
        'upload-offset: 2000000',
        'content-length: 4000000',
      ],
      bytes.subarray(2_000_000, 4_500_000),
    )
    await grown(async () => join(directory.path, 'incoming', one.id), 2_000_000)
    await killed()
    socket.destroy()
    await start()
    expect(await known(one)).toMatchObject({ state: 'receiving', offset: 2_000_000 })
    const { json } = await piece(one, 2_000_000, bytes.subarray(2_000_000))
    expect(json.file?.digest).toBe(sha256(bytes))
    await recorded(json.file)
    expect(await reconciled()).toEqual(sound)
    expect(sha256(await world.runtime.objects.get(sha256(bytes)))).toBe(sha256(bytes))
  })

  it('between the object and its record is told to begin again, and nothing is there twice or for nobody', async () => {
    const bytes = randomBytes(1_000_000)
    await start('keep')
    const one = await announced(bytes.length)
    await expect(piece(one, 0, bytes)).rejects.toThrow()
    await killed()
    await start()
    expect(await reconciled()).toEqual({ ...sound, orphans: [sha256(bytes)] })
    expect(await known(one)).toMatchObject({ state: 'receiving', offset: bytes.length })
    const early = await piece(one, bytes.length, new Uint8Array())
    expect([early.status, early.json.code]).toEqual([409, 'evidence.offset'])
    const last = await piece(one, 0, bytes)
    expect(last.json.file?.digest).toBe(sha256(bytes))
    await recorded(last.json.file)
    expect(await reconciled()).toEqual(sound)
  })

  it('in the middle of a form leaves no object, and its half file goes after a day', async () => {
    await start()
    const form = join(directory.path, 'new')
    const socket = await begun(
      [
        'POST /api/evidence/files HTTP/1.1',
        'content-type: multipart/form-data; boundary=edge',
        'content-length: 4000000',
      ],
      Buffer.concat([
        Buffer.from('--edge\r\ncontent-disposition: form-data; name="file"; filename="half.bin"\r\n\r\n'),
        randomBytes(2_000_000),
      ]),
    )
    await grown(async () => join(form, (await readdir(form))[0] ?? 'none'), 0)
    await killed()
    socket.destroy()
    expect((await readdir(form)).length).toBe(1)
    expect(await reconciled()).toEqual(sound)
    const [half = ''] = await readdir(form)
    await utimes(join(form, half), new Date(now), new Date('2023-07-30T02:59:00Z'))
    await start()
    expect(await readdir(form)).toEqual([])
  })

  it('between the file of a form and its item leaves an object that reconciliation removes, and no item', async () => {
    const item = { field: 'evidence', value: JSON.stringify(itemInput(home, { title: 'Never recorded' })) }
    const content = randomBytes(50_000)
    const body = new FormData()
    body.append(item.field, item.value)
    body.append('file', new Blob([content]), 'proof.bin')
    await start('put')
    await expect(fetch(`${url}/api/evidence/files`, { method: 'POST', body })).rejects.toThrow()
    await killed()
    await start()
    const found = await asked('/api/evidence?text=Never%20recorded')
    expect(found.json.items).toEqual([])
    expect(await reconciled(true)).toEqual({ ...sound, orphans: [sha256(content)] })
    expect([await reconciled(), await world.runtime.objects.has(sha256(content))]).toEqual([sound, false])
  })
})

/** A file system of so many bytes at a place; false where nobody lets us mount one. */
function mounted(path: string, size: string, how = ''): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `${how}size=${size}`, 'tmpfs', path], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const small = temporaryDirectory('evidence-small-disk')
const hasSmall = mounted(small.path, '5m')

afterAll(() => {
  if (hasSmall) execFileSync('umount', ['-l', small.path])
  small.remove()
})

describe.skipIf(!hasSmall)('a disk that fills', () => {
  it('says so, loses nothing that was acknowledged, and takes the rest when there is room', async () => {
    const bytes = randomBytes(8_000_000)
    await start(null, small.path)
    const one = await announced(bytes.length)
    expect((await piece(one, 0, bytes.subarray(0, 3_000_000))).json.offset).toBe(3_000_000)
    const full = await piece(one, 3_000_000, bytes.subarray(3_000_000))
    expect([full.status, full.json.code]).toEqual([503, 'server.disk_full'])
    expect(await known(one)).toMatchObject({ state: 'receiving', offset: 3_000_000 })
    const body = new FormData()
    body.append('file', new Blob([randomBytes(4_000_000)]), 'large.bin')
    const form = await asked('/api/evidence/files', { method: 'POST', body })
    expect([form.status, form.json.code]).toEqual([503, 'server.disk_full'])
    expect(await readdir(join(small.path, 'new'))).toEqual([])
    expect((await stat(join(small.path, 'incoming', one.id))).size).toBe(3_000_000)
    expect(mounted(small.path, '20m', 'remount,')).toBe(true)
    const last = await piece(one, 3_000_000, bytes.subarray(3_000_000))
    expect(last.json.file?.digest).toBe(sha256(bytes))
    const objects = diskObjects(small.path)
    expect(sha256(await objects.get(sha256(bytes)))).toBe(sha256(bytes))
    await execute({ ...world.runtime, objects }, home.manager, addEvidence, {
      ...itemInput(home),
      files: [last.json.file?.id ?? ''],
    })
    const { orphans, strays } = await reconcile({ ...world.runtime, objects }, { remove: false })
    expect([orphans, strays]).toEqual([[], []])
  })
})
