import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isms } from '../../tests/support/certificates.ts'
import { type HttpWorld, makeHttpWorld } from '../../tests/support/http.ts'
import { callerWith, foundHome, grantAll, type Home } from '../../tests/support/world.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { registerCertificate } from '../certificates/server/commands.ts'
import { reading } from '../db/transaction.ts'
import { contentDisposition } from './attachment.ts'
import { registerDocumentRoutes } from './documents-http.ts'
import { execute } from './execute.ts'
import type { Caller } from './runtime.ts'

let world: HttpWorld
let home: Home
let caller: Caller
let owner: Certificate

beforeAll(async () => {
  world = await makeHttpWorld('documents-http', () => caller, registerDocumentRoutes)
  home = await foundHome(world)
  caller = home.manager
  const {
    id: _,
    version: __,
    ...input
  } = isms({ holders: [{ entityId: home.root.id, from: null, to: null }] })
  owner = await execute(world.runtime, home.manager, registerCertificate, input)
})
afterAll(() => world.close())

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

type Upload = { name?: string; type?: string; bytes?: Buffer; fields?: Record<string, string>; cut?: number }

const usualFields = {
  kind: 'certificate',
  title: '{"en":"Certificate","ja":"登録証"}',
  language: 'ja',
  distribution: 'internal',
}

function form({
  name = 'certificate.pdf',
  type = 'application/pdf',
  bytes = pdf,
  fields = usualFields,
  cut,
}: Upload) {
  const parts = Object.entries(fields).map(
    ([field, value]) => `--frontier\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  )
  const head = `--frontier\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`
  const body = Buffer.concat([
    Buffer.from(parts.join('')),
    Buffer.from(head),
    bytes,
    Buffer.from('\r\n--frontier--\r\n'),
  ])
  return cut === undefined ? body : body.subarray(0, body.length - cut)
}

const upload = (parts: Upload = {}, id = owner.id) =>
  world.app.inject({
    method: 'POST',
    url: `/api/certificates/${id}/documents`,
    headers: { 'content-type': 'multipart/form-data; boundary=frontier' },
    body: form(parts),
  })

const firstError = (answer: { json(): { errors?: { pointer: string; code: string; detail: string }[] } }) =>
  answer.json().errors?.[0]

describe('attaching a document', () => {
  it('stores the bytes under their digest and logs who attached what', async () => {
    const answer = await upload({ name: '認証 登録証.pdf' })
    expect(answer.statusCode).toBe(201)
    const attached = answer.json()
    expect(attached).toMatchObject({
      certificateId: owner.id,
      fileName: '認証 登録証.pdf',
      mediaType: 'application/pdf',
      size: pdf.length,
      version: 1,
    })
    expect(Buffer.from(await world.runtime.objects.get(attached.digest)).equals(pdf)).toBe(true)
    const last = await reading(world.database, home.organisationId, (tx) =>
      tx.selectFrom('logEntry').selectAll().orderBy('idx', 'desc').limit(1).executeTakeFirstOrThrow(),
    )
    expect(last).toMatchObject({ type: 'document.attached', recordId: attached.id })
  })

  it('refuses a file whose content is not what its name or declared type says, naming both', async () => {
    const html = Buffer.from('<!doctype html><script>alert(1)</script>')
    const cases: [Upload, string][] = [
      [{ bytes: html }, 'document.type_refused'],
      [
        { name: 'a.svg', type: 'image/svg+xml', bytes: Buffer.from('<svg xmlns="x"/>') },
        'document.type_refused',
      ],
      [{ name: 'run.pdf', bytes: Buffer.from('MZ\x90') }, 'document.type_refused'],
      [{ name: 'a.png' }, 'document.type_mismatch'],
      [{ type: 'text/html' }, 'document.type_mismatch'],
      [{ name: 'certificate.pdf.exe' }, 'document.type_mismatch'],
      [{ bytes: Buffer.alloc(0) }, 'document.empty'],
    ]
    const before = world.runtime.objects.map.size
    for (const [parts, code] of cases) {
      const answer = await upload(parts)
      expect([answer.statusCode, firstError(answer)?.code]).toEqual([400, code])
    }
    expect(firstError(await upload({ name: 'a.png' }))?.detail).toMatch(/application\/pdf.*png/)
    expect(world.runtime.objects.map.size).toBe(before)
  })

  it('takes CSV in Shift_JIS as Windows declares it', async () => {
    const answer = await upload({
      name: 'list.csv',
      type: 'application/vnd.ms-excel',
      bytes: Buffer.from('94468fd82c310d0a', 'hex'),
    })
    expect(answer.json()).toMatchObject({ mediaType: 'text/csv' })
  })

  it('keeps any name as data and never lets it out of the header', async () => {
    const names = [
      '../../etc/passwd.pdf',
      'C:\\x.pdf',
      '\u202Efdp.pdf',
      `${'x'.repeat(600)}.pdf`,
      "a'b(c)*.pdf",
    ]
    for (const name of names) {
      const answer = await upload({ name })
      // A name cut at the limit has lost its extension, and with it the agreement with the content.
      if (name.length > 500) expect(firstError(answer)?.code).toBe('document.type_mismatch')
      else {
        expect(answer.json().fileName).toBe(name)
        const content = await world.app.inject(`/api/documents/${answer.json().id}/content`)
        expect(content.headers['content-disposition']).toBe(contentDisposition(name))
      }
    }
  })

  it('keeps nothing of an upload that is cut off, has no file, or has wrong fields', async () => {
    const before = world.runtime.objects.map.size
    const cut = await upload({ cut: 40 })
    expect(cut.statusCode).toBe(400)
    const { distribution: _, ...incomplete } = usualFields
    expect(firstError(await upload({ fields: incomplete }))).toEqual({
      pointer: '/distribution',
      code: 'invalid_value',
      detail: 'Use one of: public, on-request, internal.',
    })
    expect(firstError(await upload({ fields: { ...usualFields, title: 'no json' } }))?.pointer).toBe('/title')
    expect(world.runtime.objects.map.size).toBe(before)
  })

  it('is not for readers, strangers or another organisation', async () => {
    caller = callerWith(home.organisationId, [grantAll('reader')], world.runtime.random)
    expect((await upload()).statusCode).toBe(403)
    caller = callerWith(home.organisationId, [], world.runtime.random, { kind: 'visitor', id: null })
    expect((await upload()).statusCode).toBe(401)
    const other = await foundHome(world, 'Other Corporation', 'other')
    caller = other.manager
    expect((await upload()).statusCode).toBe(404)
    caller = home.manager
  })
})

describe('the content of a document', () => {
  it('is only ever a download of its own type in a sandbox', async () => {
    const attached = (await upload({ name: 'x%22; filename=evil.pdf' })).json()
    const answer = await world.app.inject(`/api/documents/${attached.id}/content`)
    expect(answer.rawPayload.equals(pdf)).toBe(true)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(pdf.length),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'content-disposition': expect.stringMatching(/^attachment; filename="/),
    })
  })

  it('is refused once it does not match its digest, and unknown to another organisation', async () => {
    const attached = (await upload({ bytes: Buffer.concat([pdf, Buffer.from('% another')]) })).json()
    world.runtime.objects.map.set(attached.digest, Buffer.from('%PDF-1.7 changed'))
    const damaged = await world.app.inject(`/api/documents/${attached.id}/content`)
    expect([damaged.statusCode, damaged.json().code]).toEqual([503, 'object.damaged'])
    caller = (await foundHome(world, 'Third Corporation', 'third')).manager
    expect((await world.app.inject(`/api/documents/${attached.id}/content`)).statusCode).toBe(404)
    caller = home.manager
  })

  it('has a name that no character can break', () => {
    expect(contentDisposition('a"b\r\nset-cookie: x.pdf')).toBe(
      'attachment; filename="a_b__set-cookie_ x.pdf"; filename*=UTF-8\'\'a%22b%0D%0Aset-cookie%3A%20x.pdf',
    )
    expect(contentDisposition('登録証\uD800.pdf')).toBe(
      'attachment; filename="____.pdf"; filename*=UTF-8\'\'%E7%99%BB%E9%8C%B2%E8%A8%BC%EF%BF%BD.pdf',
    )
  })
})
