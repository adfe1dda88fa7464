import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UnreadableOutput } from '../collection.ts'
import { parsers } from './parsers.ts'

/** What the real tools printed on a machine that was set up for it. */
const printed = (tool: string): string =>
  readFileSync(new URL(`./fixtures/${tool}.out`, import.meta.url), 'utf8')

const parse = (kind: string, text: string, target: string | null = null) => {
  const parser = parsers[kind]
  if (!parser) throw new Error(`no parser for ${kind}`)
  return parser(text, target)
}

const faultOf = (kind: string, text: string): string => {
  try {
    parse(kind, text)
  } catch (error) {
    if (error instanceof UnreadableOutput) return error.fault
    throw error
  }
  return 'none'
}

describe('what a tool printed', () => {
  it('ssh-audit: the algorithms that a server offers, under the address that was asked', () => {
    const { items } = parse('ssh-audit', printed('ssh-audit'), '127.0.0.1:2222')
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ resource: '127.0.0.1:2222', names: ['127.0.0.1'], incomplete: null })
    const { ciphers, keySizes, software } = items[0]?.facts ?? {}
    expect(software).toBe('OpenSSH_9.2p1')
    expect(ciphers).toContain('aes128-cbc')
    expect(keySizes).toContainEqual({ algorithm: 'rsa-sha2-512', bits: 2048 })
  })

  it('ssh-audit 3: algorithms are objects, and the target has its port', () => {
    const enc = [{ algorithm: 'aes256-ctr', notes: { info: ['available since OpenSSH 3.7'] } }]
    const one = { target: '[2001:db8::1]:22', enc, kex: [], key: [], mac: [], banner: { protocol: '2.0' } }
    const { items } = parse('ssh-audit', JSON.stringify([one, { ...one, target: 'ssh.example:2022' }]))
    expect(items.map(({ resource, names }) => [resource, ...names])).toEqual([
      ['[2001:db8::1]:22', '2001:db8::1'],
      ['ssh.example:2022', 'ssh.example'],
    ])
    expect(items[0]?.facts.ciphers).toEqual(['aes256-ctr'])
    expect(faultOf('ssh-audit', '{"target": "ssh.example", "banner": null}')).toBe('failed')
  })

  it('nmap: hosts with their open ports', () => {
    const { items, tool, endedAt } = parse('nmap', printed('nmap'))
    expect(tool).toEqual({ name: 'nmap', version: '7.93' })
    expect(endedAt).toBe('2026-11-23T04:12:47.000Z')
    expect(items).toMatchObject([
      { resource: '127.0.0.1', names: ['localhost'], facts: { openPorts: [2222], services: ['ssh'] } },
    ])
  })

  const scan = (hosts: string, finished = '<finished time="1700000000" exit="success"/>') =>
    `<?xml version="1.0"?><nmaprun scanner="nmap" version="7.95" start="1699999990">${hosts}<runstats>${finished}</runstats></nmaprun>`

  it('nmap: a host with an IPv6 address alone counts, a host that was down is not known to be clean', () => {
    const up = '<status state="up"/><address addr="2001:db8::1" addrtype="ipv6"/><ports/>'
    const down = '<status state="down"/><address addr="192.0.2.9" addrtype="ipv4"/>'
    const { items } = parse('nmap', scan(`<host>${up}</host><host>${down}</host>`))
    expect(items).toMatchObject([
      { resource: '2001:db8::1', incomplete: null, facts: { openPorts: [] } },
      { resource: '192.0.2.9', incomplete: 'the host was down' },
    ])
  })

  it('nmap: a scan that says that it failed, or does not say that it ended, is an error', () => {
    expect(faultOf('nmap', scan('', '<finished time="1" exit="error" errormsg="no route"/>'))).toBe('failed')
    expect(faultOf('nmap', scan('', ''))).toBe('cut-off')
    expect(faultOf('nmap', '<html><body>Login</body></html>')).toBe('not-it')
  })

  it('testssl.sh: protocols and findings; a test that could not be made leaves the item incomplete', () => {
    const { items } = parse('testssl', printed('testssl'))
    expect(items).toMatchObject([
      {
        resource: '127.0.0.1:4443',
        names: ['127.0.0.1'],
        incomplete: 'sessionresumption_ticket: check failed because of connect problem',
        facts: { offered: ['TLS1_2', 'TLS1_3'], worst: 'CRITICAL', tests: { SSLv3: { severity: 'OK' } } },
      },
    ])
    const fatal = [
      { id: 'scanProblem', ip: 'a/192.0.2.1', port: '443', severity: 'FATAL', finding: 'no route' },
    ]
    expect(faultOf('testssl', JSON.stringify(fatal))).toBe('failed')
    expect(faultOf('testssl', '[]')).toBe('not-it')
  })

  it('lynis: the hardening index with warnings and suggestions', () => {
    const { items, tool } = parse('lynis', printed('lynis'))
    expect(tool.version).toBe('3.0.8')
    expect(items[0]).toMatchObject({ resource: 'vm', facts: { hardeningIndex: 56 } })
    expect(items[0]?.facts.warnings).toContainEqual({
      test: 'PKGS-7392',
      message: 'Found one or more vulnerable packages.',
      details: '',
    })
  })

  it('openscap: rules with their results; one that could not be evaluated leaves the item incomplete', () => {
    const text = printed('openscap')
    const { items, endedAt } = parse('openscap', text)
    expect(endedAt).toMatch(/^2026-11-23T/)
    expect(items[0]).toMatchObject({
      resource: 'vm',
      incomplete: null,
      facts: { passed: 1, failed: [{ id: 'max_days', severity: 'medium' }] },
    })
    const unsure = parse('openscap', text.replace('<result>pass</result>', '<result>error</result>'))
    expect(unsure.items[0]?.incomplete).toBe('1 rules could not be evaluated, family first')
    const none = text.replaceAll(/<result>\w+<\/result>/g, '<result>notselected</result>')
    expect(faultOf('openscap', none)).toBe('failed')
  })

  const sarif = (...runs: unknown[]) => JSON.stringify({ version: '2.1.0', runs })
  const driver = {
    name: 'linter',
    version: '1',
    rules: [{ id: 'R1', properties: { 'security-severity': '9.1' } }],
  }

  it('SARIF: findings of each run, with what is suppressed', () => {
    const results = [
      {
        ruleIndex: 0,
        message: { text: 'bad' },
        locations: [{ physicalLocation: { artifactLocation: { uri: 'a.c' }, region: { startLine: 3 } } }],
      },
      { ruleId: 'R2', level: 'note', message: { text: 'so so' }, suppressions: [{ kind: 'inSource' }] },
      { ruleId: 'R2', message: { text: 'in review' }, suppressions: [{ status: 'underReview' }] },
    ]
    const { items } = parse('sarif', sarif({ tool: { driver }, results }), 'repository')
    expect(items[0]).toMatchObject({ resource: 'repository', incomplete: null })
    expect(items[0]?.facts.findings).toMatchObject([
      { rule: 'R1', level: 'warning', severity: 9.1, file: 'a.c', line: 3, suppressed: false },
      { rule: 'R2', level: 'note', suppressed: true },
      { rule: 'R2', level: 'warning', suppressed: false },
    ])
  })

  it('SARIF: an empty list of results is clean, none at all is a scan that did not come about', () => {
    const run = { tool: { driver } }
    expect(parse('sarif', sarif({ ...run, results: [] })).items[0]?.incomplete).toBeNull()
    expect(parse('sarif', sarif({ ...run, results: null })).items[0]?.incomplete).toMatch(
      /did not come about/,
    )
    const invocations = [{ executionSuccessful: false }]
    const failed = parse('sarif', sarif({ ...run, results: [], invocations }))
    expect(failed.items[0]?.incomplete).toBe('the tool says that it failed')
    expect(faultOf('sarif', sarif())).toBe('failed')
    expect(faultOf('sarif', '{"version": "2.0.0", "runs": [{}]}')).toBe('not-it')
  })

  it('OCSF: findings by the resource they speak of, as a list or line by line', () => {
    const event = (uid: string, status_code: string) => ({
      class_uid: 2003,
      severity_id: 4,
      status_code,
      metadata: { event_code: 'bucket_public', product: { name: 'Scanner', version: '5' } },
      resources: [{ uid, name: `name of ${uid}` }],
    })
    const events = [event('a', 'PASS'), event('b', 'FAIL'), event('a', 'FAIL')]
    const found = parse('ocsf', JSON.stringify(events))
    expect(found.items.map(({ resource, names }) => [resource, ...names])).toEqual([
      ['a', 'name of a'],
      ['b', 'name of b'],
    ])
    expect(found.items[0]?.facts.findings).toMatchObject([
      { check: 'bucket_public', severity: 'high', result: 'PASS' },
      { result: 'FAIL' },
    ])
    expect(parse('ocsf', events.map((one) => JSON.stringify(one)).join('\n'))).toEqual(found)
  })

  it('JSON of any command: what each entry says of its resource', () => {
    const { items } = parse('json', '{"items": [{"resource": "a", "n": 1}, {"facts": {"n": 2}}]}', 'target')
    expect(items).toMatchObject([
      { resource: 'a', facts: { n: 1 } },
      { resource: 'target', facts: { n: 2 } },
    ])
    expect(faultOf('json', '{"n": 1}')).toBe('not-it')
    expect(faultOf('json', '[1, 2]')).toBe('not-it')
    expect(faultOf('json', '[{"resource": "a", "__proto__": {"n": 1}}]')).toBe('not-it')
  })
})

describe('output that is not whole', () => {
  it.each(['ssh-audit', 'nmap', 'testssl', 'lynis', 'openscap'])(
    '%s: cut anywhere, it is an error',
    (kind) => {
      const text = printed(kind).trimEnd()
      const step = Math.max(1, Math.floor(text.length / 400))
      for (let length = 0; length < text.length; length += step) {
        const fault = faultOf(kind, text.slice(0, length))
        expect([kind, length, fault]).not.toEqual([kind, length, 'none'])
      }
    },
  )

  it.each(Object.keys(parsers))(
    '%s: garbage is an error with a reason, whatever it is',
    { timeout: 30_000 },
    (kind) => {
      const anything = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json(),
        fc.string().map((text) => `<nmaprun><host>${text}</host></nmaprun>`),
        fc.json().map((text) => `{"version": "2.1.0", "runs": [${text}]}`),
        fc.json().map((text) => `[{"class_uid": 2003, "resources": ${text}}]`),
        fc.json().map((text) => `[{"enc": [${text}], "kex": [], "key": [], "mac": [], "target": "a"}]`),
      )
      fc.assert(
        fc.property(anything, (text) => {
          try {
            for (const item of parse(kind, text).items) expect(item.resource).not.toBe('')
          } catch (error) {
            expect(error).toBeInstanceOf(UnreadableOutput)
          }
        }),
        { numRuns: 300, seed: 5 },
      )
    },
  )

  it.each(['nmap', 'openscap'])('%s: XML that expands, or is deeper than any report, is an error', (kind) => {
    const bomb = '<!DOCTYPE a [<!ENTITY x "yyyyyyyyyy">]><nmaprun>&x;</nmaprun>'
    expect(faultOf(kind, bomb)).not.toBe('none')
    const deep = `<nmaprun>${'<a>'.repeat(500)}${'</a>'.repeat(500)}</nmaprun>`
    expect(['too-large', 'not-it']).toContain(faultOf(kind, deep))
    expect(['not-it', 'cut-off']).toContain(faultOf(kind, '<nmaprun><a><b></a></nmaprun>'))
  })
})
