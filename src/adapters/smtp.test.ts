import { afterEach, beforeEach, expect, it } from 'vitest'
import { headerOf, type MailServer, mailServer, partsOf } from '../../tests/support/mail-server.ts'
import { type Mail, type MailMessage, MailRefused } from '../kernel/mail.ts'
import { smtpMail } from './smtp.ts'

let server: MailServer
let mail: Mail

beforeEach(async () => {
  server = await mailServer()
  mail = smtpMail({ url: server.url, from: 'assay@example.org' })
})
afterEach(async () => {
  await mail.close()
  await server.close()
})

const message = (changed: Partial<MailMessage> = {}): MailMessage => ({
  id: 'digest-1',
  to: { name: '山田 花子, Hana "H" <x@y>', address: 'hana@example.org' },
  subject: '期限超過 1 件',
  text: '実施：アクセス権の見直し\n.\nEnd',
  html: '<p>実施：アクセス権の見直し</p>',
  ...changed,
})

it('hands over one mail in words and HTML to one receiver', async () => {
  await mail.send(message())
  const [got, ...more] = server.received
  expect(more).toEqual([])
  expect([got?.from, got?.to]).toEqual(['assay@example.org', ['hana@example.org']])
  const raw = got?.raw ?? ''
  expect(headerOf(raw, 'subject')).toBe('期限超過 1 件')
  expect(headerOf(raw, 'message-id')).toBe('<digest-1@example.org>')
  expect(headerOf(raw, 'auto-submitted')).toBe('auto-generated')
  const parts = partsOf(raw)
  expect(parts['text/plain']?.replaceAll('\r\n', '\n').trim()).toBe(message().text)
  expect(parts['text/html']).toContain('アクセス権')
})

it('refuses whatever would become another header or another receiver', async () => {
  const hostile: Partial<MailMessage>[] = [
    { subject: 'Hello\r\nBcc: all@example.org' },
    { subject: 'Hello\nX: y' },
    { subject: 'Hello\u2028Bcc: all@example.org' },
    { id: 'a>\r\nBcc: <b' },
    { to: { name: 'Hana\r\nBcc: all@example.org', address: 'hana@example.org' } },
    ...[
      'a@b.org, c@d.org',
      'a@b.org\r\nRCPT TO:<c@d.org>',
      'Hana <a@b.org>',
      'a b@c.org',
      '',
      'a@b@c.org',
    ].map((address) => ({ to: { name: 'Hana', address } })),
  ]
  for (const one of hostile)
    await expect(mail.send(message(one)), JSON.stringify(one)).rejects.toThrow(MailRefused)
  expect(server.received).toEqual([])
})

it('tells what would be refused again from what may succeed later', async () => {
  server.behaviour.refuse = 550
  await expect(mail.send(message())).rejects.toThrow(MailRefused)
  server.behaviour.refuse = 451
  const later = await mail.send(message()).catch((error: unknown) => error)
  expect(later).toBeInstanceOf(Error)
  expect(later).not.toBeInstanceOf(MailRefused)
  await server.close()
  const gone = await mail.send(message()).catch((error: unknown) => error)
  expect(gone).toBeInstanceOf(Error)
  expect(gone).not.toBeInstanceOf(MailRefused)
})
