// R3: the power goes. The block device under the data is copied in one instant under load, which is what a cut leaves:
// what was written but not synced is missing. Needs root, ext4 and a loop device.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import {
  type Acknowledged,
  compare,
  fsck,
  killHard,
  load,
  pause,
  scratch,
  startApp,
  stopCleanly,
  writerKey,
} from './support.ts'

const { values } = parseArgs({
  options: { cuts: { type: 'string', default: '5' }, seconds: { type: 'string', default: '3' } },
})

const shell = (...words: string[]) =>
  execFileSync(words[0] ?? '', words.slice(1), {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()

type Disk = { mountPoint: string; image: string; close(): Promise<void> }

function attach(image: string, mountPoint: string): Disk {
  const device = shell('losetup', '-f', '--show', image)
  mkdirSync(mountPoint, { recursive: true })
  shell('mount', device, mountPoint)
  return {
    mountPoint,
    image,
    async close() {
      // The database that a killed application leaves behind ends by itself a moment later.
      for (let tries = 0; ; tries++) {
        try {
          shell('umount', mountPoint)
          break
        } catch (error) {
          if (tries > 100) throw error
          await pause(100)
        }
      }
      shell('losetup', '-d', device)
    },
  }
}

async function cut(
  forgetful: boolean,
): Promise<{ acknowledged: number; lost: number; fsck: number; output: string }> {
  const directory = scratch('power-cut')
  shell('chmod', '711', directory)
  const image = join(directory, 'disk.img')
  shell('truncate', '-s', '900M', image)
  shell('mkfs.ext4', '-q', '-E', 'nodiscard', image)
  const disk = attach(image, join(directory, 'disk'))
  const app = await startApp(join(disk.mountPoint, 'data'))
  const writer = await writerKey(app)
  if (forgetful) await forget(join(disk.mountPoint, 'data'))
  const acknowledged: Acknowledged[] = []
  const running = load(app, writer, 20, acknowledged)
  await pause(Number(values.seconds) * 1000)
  const before = [...acknowledged]
  const copy = join(directory, 'copy.img')
  shell('cp', '--sparse=always', image, copy)
  await killHard(app)
  await running.stop()
  await disk.close()
  const later = attach(copy, join(directory, 'later'))
  const dataDir = join(later.mountPoint, 'data')
  const recovered = await startApp(dataDir)
  const verdict = await compare(recovered, writer, before)
  await stopCleanly(recovered)
  const checked = await fsck(dataDir)
  await later.close()
  rmSync(directory, { recursive: true, force: true })
  return { acknowledged: before.length, lost: verdict.lost, fsck: checked.code, output: checked.output }
}

async function forget(dataDir: string): Promise<void> {
  const [, , , port = '5432', socket = ''] = readFileSync(
    join(dataDir, 'postgres', 'postmaster.pid'),
    'utf8',
  ).split('\n')
  const client = new pg.Client({ host: socket, port: Number(port), user: 'assay', database: 'assay' })
  await client.connect()
  await client.query('alter role assay set synchronous_commit = off')
  await client.query("alter system set wal_writer_delay = '10s'")
  await client.query('select pg_reload_conf()')
  // Connections that exist keep their setting: end them, the pool makes new ones.
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = current_user',
  )
  await client.end()
  await pause(300)
}

let acknowledged = 0
let lost = 0
let faults = 0
for (let number = 0; number < Number(values.cuts); number++) {
  const result = await cut(false)
  acknowledged += result.acknowledged
  lost += result.lost
  if (result.fsck !== 0) {
    faults++
    console.log(result.output)
  }
}
console.log(
  `R3 power cut: ${values.cuts} cuts, ${acknowledged} acknowledged before the cut, ${lost} lost, fsck ${faults === 0 ? 'clean' : `found faults ${faults} times`}`,
)
const control = await cut(true)
console.log(
  `R3 negative control (synchronous_commit off): ${control.acknowledged} acknowledged, ${control.lost} lost`,
)
if (lost > 0 || faults > 0 || acknowledged === 0 || control.lost === 0) {
  console.log(
    lost > 0 || faults > 0
      ? 'R3 failed.'
      : 'The negative control stayed green: the recipe would not notice a loss.',
  )
  process.exitCode = 1
}
