import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '../frameworks/server/load.ts'
import { compile, expressionProblem } from './expression.ts'
import { libraryChecks } from './server/load.ts'
import { parsers } from './tools/parsers.ts'

const { library } = loadCatalogue(fileURLToPath(new URL('../../frameworks/', import.meta.url)))

const printed = (kind: string) => {
  const text = readFileSync(new URL(`./tools/fixtures/${kind}.out`, import.meta.url), 'utf8')
  const facts = parsers[kind]?.(text, '127.0.0.1:2222').items[0]?.facts
  if (!facts) throw new Error(`${kind} printed nothing`)
  return facts
}

const judge = (id: string, facts: Record<string, unknown>) => {
  const one = libraryChecks.get(id)
  if (!one) throw new Error(`no check ${id}`)
  return compile(one.expression)({ resource: 'a', facts, tool: {} })
}

const finding = { suppressed: false, kind: 'fail', level: 'warning' }
const cloud = { result: 'FAIL', muted: false, severity: 'high' }

describe('the shipped checks', () => {
  it('are tests of controls of the common library, in expressions that can be read', () => {
    expect(libraryChecks.size).toBeGreaterThanOrEqual(15)
    for (const one of libraryChecks.values()) {
      expect([one.id, expressionProblem(one.expression)]).toEqual([one.id, null])
      expect([one.id, library.controls.has(one.control)]).toEqual([one.id, true])
      expect([one.id, Object.hasOwn(parsers, one.dataKind)]).toEqual([one.id, true])
    }
  })

  it.each([
    ['ssh-ciphers', 'fail', { ciphers: ['aes256-gcm@openssh.com'] }],
    ['ssh-macs', 'fail', { macs: ['hmac-sha2-512-etm@openssh.com'] }],
    ['ssh-key-exchange', 'pass', { keyExchanges: ['curve25519-sha256'] }],
    ['ssh-host-keys', 'pass', { hostKeys: ['ssh-ed25519'], keySizes: [] }],
    ['tls-protocols', 'pass', { offered: ['TLS1_3'] }],
    ['tls-findings', 'fail', { findings: [{ severity: 'LOW' }] }],
    ['tls-certificate', 'fail', { tests: { cert_expirationStatus: { severity: 'OK' } } }],
    ['network-plain-text', 'pass', { ports: [] }],
    ['network-databases', 'pass', { openPorts: [443] }],
    ['network-web-only', 'fail', { openPorts: [80, 443] }],
    ['host-hardening', 'fail', { hardeningIndex: 70 }],
    ['host-logging', 'fail', { executed: ['LOGG-2138'], warnings: [] }],
    ['host-baseline', 'pass', { failed: [{ severity: 'medium' }] }],
  ])('%s: %s for what the real tool printed, pass for what is right', (id, outcome, right) => {
    const kind = libraryChecks.get(id)?.dataKind ?? ''
    expect(judge(id, printed(kind))).toEqual({ outcome, detail: null })
    expect(judge(id, right).outcome).toBe('pass')
  })

  it.each([
    ['ssh-ciphers', { ciphers: ['3des-cbc'] }],
    ['ssh-key-exchange', { keyExchanges: ['diffie-hellman-group14-sha1'] }],
    ['ssh-host-keys', { hostKeys: ['rsa-sha2-256'], keySizes: [{ algorithm: 'rsa-sha2-256', bits: 1024 }] }],
    ['tls-protocols', { offered: ['TLS1', 'TLS1_2'] }],
    ['tls-certificate', { tests: { cert_expirationStatus: { severity: 'CRITICAL' } } }],
    ['network-plain-text', { ports: [{ state: 'open', tunnel: '', service: 'telnet' }] }],
    ['network-databases', { openPorts: [5432] }],
    ['host-packages', { executed: ['PKGS-7392'], warnings: [{ test: 'PKGS-7392' }] }],
    ['host-time', { executed: ['TIME-3104'], warnings: [], suggestions: [{ test: 'TIME-3104' }] }],
    ['host-malware', { executed: ['HRDN-7230'], suggestions: [{ test: 'HRDN-7230' }] }],
    ['host-baseline', { failed: [{ severity: 'high' }] }],
    ['code-findings', { findings: [{ ...finding, severity: 9.8 }] }],
    ['code-findings', { findings: [{ ...finding, level: 'error' }] }],
    ['cloud-findings', { findings: [cloud] }],
  ])('%s fails for %o', (id, facts) => {
    expect(judge(id, facts)).toEqual({ outcome: 'fail', detail: null })
  })

  it.each([
    ['host-packages', { executed: [], warnings: [] }],
    ['host-time', { executed: [], warnings: [], suggestions: [] }],
    ['host-malware', { executed: ['LOGG-2138'], suggestions: [] }],
    ['tls-certificate', { tests: {} }],
    ['host-hardening', {}],
  ])('%s has no answer where the tool did not look: an error, not a pass', (id, facts) => {
    expect(judge(id, facts).outcome).toBe('error')
  })

  it('suppressed and muted findings do not fail', () => {
    expect(
      judge('code-findings', { findings: [{ ...finding, suppressed: true, level: 'error' }] }).outcome,
    ).toBe('pass')
    expect(
      judge('cloud-findings', {
        findings: [
          { ...cloud, muted: true },
          { ...cloud, result: 'MANUAL' },
        ],
      }).outcome,
    ).toBe('pass')
  })
})
