import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../tests/support/directory.ts'
import { networkOf } from './limiter.ts'
import { passwordHasher, passwordRule } from './passwords.ts'

describe('hashing', () => {
  it('tells right from wrong, and takes nothing that is not its own form', async () => {
    const { hash, verify } = passwordHasher()
    const stored = await hash('correct horse battery staple')
    expect(await verify(stored, 'correct horse battery staple')).toBe(true)
    expect(await verify(stored, 'correct horse battery stapler')).toBe(false)
    for (const other of ['', 'plain', '$2b$10$abc', stored.replace('argon2id', 'argon2i'), `${stored}$`]) {
      expect([other.slice(0, 20), await verify(other, 'correct horse battery staple')]).toEqual([
        other.slice(0, 20),
        false,
      ])
    }
    expect(await hash('correct horse battery staple')).not.toBe(stored)
  })

  it('of a flood waits in a line of limited length and refuses the rest at once', async () => {
    const { hash } = passwordHasher()
    const results = await Promise.allSettled(Array.from({ length: 210 }, () => hash('flood')))
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused).toHaveLength(8)
    for (const one of refused) expect(one.reason).toMatchObject({ kind: 'limited' })
    expect(await hash('after the flood')).toMatch(/^\$argon2id\$/)
  })
})

describe('a new password', () => {
  it('is refused when short, too long, or on the list of stolen ones', () => {
    const directory = temporaryDirectory('breached')
    const path = join(directory.path, 'list.txt')
    const sha1 = createHash('sha1').update('a stolen password').digest('hex')
    writeFileSync(path, `${'0'.repeat(40)}:3\r\n${sha1.toUpperCase()}:17\n`)
    const check = passwordRule(path)
    expect(() => check('eleven char')).toThrow('access.password_short')
    expect(() => check('x'.repeat(1025))).toThrow('input.too_large')
    expect(() => check('a stolen password')).toThrow('access.password_breached')
    expect(() => check('a password of my own')).not.toThrow()
    expect(() => passwordRule(null)('a stolen password')).not.toThrow()
    directory.remove()
  })
})

describe('the network of an address', () => {
  it('is an IPv4 address, or the first 64 bits of an IPv6 one in one spelling', () => {
    expect(
      [
        '192.0.2.1',
        '::ffff:192.0.2.1',
        '2001:db8:0:1::5',
        '2001:0DB8:0000:0001:ffff:ffff:ffff:ffff',
        '2001:db8::1:0:0:5',
        'fe80::1%eth0',
        '::1',
      ].map(networkOf),
    ).toEqual([
      '192.0.2.1',
      '192.0.2.1',
      '2001:db8:0:1::/64',
      '2001:db8:0:1::/64',
      '2001:db8:0:0::/64',
      'fe80:0:0:0::/64',
      '0:0:0:0::/64',
    ])
  })
})
