import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createAsset } from '../../src/assets/server/commands.ts'
import { adoptChecks } from '../../src/checks/server/library-commands.ts'
import { listAssetResults } from '../../src/checks/server/result-queries.ts'
import { collectCommand, exitCodes } from '../../src/cli/collect.ts'
import { adoptControls } from '../../src/controls/server/commands.ts'
import { getEvidence } from '../../src/evidence/server/detail-query.ts'
import { createApiKey } from '../../src/people/server/key-commands.ts'
import { registerCollectRoutes } from '../../src/server/collect-http.ts'
import { answer, execute } from '../../src/server/execute.ts'
import { authenticator } from '../../src/server/session.ts'
import { temporaryDirectory } from '../support/directory.ts'
import { addMember, makeSignInWorld, type SignInWorld } from '../support/sign-in.ts'
import { callerWith, foundHome, grantAll, type Home } from '../support/world.ts'

// Real tools against real servers on this machine's loopback. Where they are not installed there is nothing to try,
// except where they were promised: then their absence is a failure.
const promised = process.env.ASSAY_TEST_TOOLS === 'required'
const sshd = '/usr/sbin/sshd'
const isThere = (program: string) =>
  (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, program)))
const present = [sshd].every(existsSync) && ['nmap', 'ssh-audit', 'ssh-keygen'].every(isThere)

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

async function untilOpen(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (open) return
    await pause(100)
  }
  throw new Error('the SSH server did not start')
}

describe.skipIf(!present && !promised)('real tools on the loopback', () => {
  const directory = temporaryDirectory('collect')
  const servers: ChildProcess[] = []
  let world: SignInWorld
  let home: Home
  let key: string
  let address: string
  let asset: string
  const ports = { old: 0, modern: 0 }

  /** A real OpenSSH server on the loopback, offering the ciphers named. */
  async function startSsh(ciphers: string): Promise<number> {
    const hostKey = join(directory.path, `key-${servers.length}`)
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', hostKey])
    const port = await freePort()
    const options = [`Ciphers=${ciphers}`, 'MACs=hmac-sha2-256-etm@openssh.com', `Port=${port}`]
    const fixed = ['ListenAddress=127.0.0.1', 'PidFile=none', 'UsePAM=no', 'PasswordAuthentication=no']
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true })
    const args = [
      '-D',
      '-e',
      '-f',
      '/dev/null',
      '-h',
      hostKey,
      ...[...options, ...fixed].flatMap((one) => ['-o', one]),
    ]
    servers.push(spawn(sshd, args, { stdio: 'ignore' }))
    await untilOpen(port)
    return port
  }

  beforeAll(async () => {
    ports.old = await startSsh('aes128-cbc,aes256-ctr')
    ports.modern = await startSsh('aes256-gcm@openssh.com')
    world = await makeSignInWorld('collect-real')
    // The tools say when they ran, by the clock of the machine: the server stands at the same time.
    vi.useRealTimers()
    world.clock.set(new Date().toISOString())
    registerCollectRoutes(world.app, world.runtime, authenticator(world.runtime, world.auth))
    address = await world.app.listen({ port: 0, host: '127.0.0.1' })
    home = await foundHome(world)
    const { id } = await addMember(world, home, 'maker', 'owner')
    const caller = callerWith(home.organisationId, [grantAll('owner')], world.runtime.random, { id })
    const made = await execute(world.runtime, caller, createApiKey, {
      name: 'Collector',
      role: 'contributor',
      entityId: null,
      scopes: ['collection.push'],
      expiresAt: new Date(world.clock.now().getTime() + 86_400_000).toISOString(),
    })
    key = made.secret
    await execute(world.runtime, home.owner, adoptControls, { controls: ['CRY-01', 'NET-01', 'CRY-02'] })
    const checks = ['ssh-ciphers', 'ssh-host-keys', 'network-plain-text', 'network-databases']
    await execute(world.runtime, home.owner, adoptChecks, { checks })
    const server = await execute(world.runtime, home.owner, createAsset, {
      key: 'loopback',
      name: { en: 'This machine', ja: 'このマシン' },
      kind: 'system',
      entityId: home.root.id,
      serviceIds: [],
      ownerId: null,
      identifiers: ['127.0.0.1'],
      inUseFrom: null,
      inUseTo: null,
    })
    asset = server.id
  })
  afterAll(async () => {
    for (const one of servers) one.kill()
    await world.close()
    directory.remove()
  })

  async function collect(...words: string[]) {
    const said: string[] = []
    const say = (line: string) => said.push(line)
    const env = { ...process.env, ASSAY_KEY: key, ASSAY_SERVER: address, LANG: 'C' }
    const code = await collectCommand.run(words, { env, out: say, fail: say, fetch })
    return { code, said: said.join('\n') }
  }

  const results = async () => {
    const { items } = await answer(world.runtime, home.manager, listAssetResults, { id: asset })
    return items
  }
  const states = async () => (await results()).map(({ state }) => state).sort()

  it('ssh-audit finds the old cipher: delivered, the check fails, and the output is kept', async () => {
    const { code, said } = await collect('--tool', 'ssh-audit', '--target', `127.0.0.1:${ports.old}`)
    expect([code, said]).toEqual([exitCodes.notPassed, expect.stringContaining('1 passed, 1 failed')])
    const failed = (await results()).find(({ state }) => state === 'fail')
    expect(failed?.detail).toBe(`127.0.0.1:${ports.old}`)
    const one = await answer(world.runtime, home.manager, getEvidence, { id: failed?.evidenceId ?? '' })
    const [file] = one.files
    const raw = JSON.parse(Buffer.from(file ? await world.runtime.objects.get(file.digest) : []).toString())
    expect(raw.enc).toContain('aes128-cbc')
  })

  it('ssh-audit finds nothing old any more: the check passes', async () => {
    // Of results of one instant the failure counts, and this is another instant.
    await pause(5)
    const { code, said } = await collect('--tool', 'ssh-audit', '--target', `127.0.0.1:${ports.modern}`)
    expect([code, said]).toEqual([exitCodes.delivered, expect.stringContaining('2 passed, 0 failed')])
    expect(await states()).toEqual(['not-run', 'not-run', 'pass', 'pass'])
  })

  it('nmap sees the open ports, and no database', async () => {
    const extra = ['--', '-p', `${ports.old},${ports.modern},5432`, '--open']
    const { code, said } = await collect('--tool', 'nmap', '--target', '127.0.0.1', ...extra)
    expect([code, said]).toEqual([exitCodes.delivered, expect.stringContaining('2 passed, 0 failed')])
    expect(await states()).toEqual(['pass', 'pass', 'pass', 'pass'])
  })

  it('a server that is not there is the tool’s failure, and nothing is delivered', async () => {
    const before = await results()
    const { code, said } = await collect('--tool', 'ssh-audit', '--target', `127.0.0.1:${await freePort()}`)
    expect([code, said]).toEqual([exitCodes.tool, expect.stringContaining('The tool failed: ssh-audit')])
    expect(await results()).toEqual(before)
  })
})
