// R2: PostgreSQL is killed under load while the application lives. It must answer 503, recover by itself and lose nothing.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import {
  type Acknowledged,
  compare,
  fsck,
  load,
  pause,
  random,
  scratch,
  startApp,
  stopCleanly,
  type Verdict,
  writerKey,
} from './support.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '10' }, clients: { type: 'string', default: '20' } },
})

const postmaster = (dataDir: string): string[] =>
  readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')

/** Makes every commit of new connections return before it is durable, and keeps what is not durable in memory for long. */
async function makeForgetful(dataDir: string): Promise<void> {
  const [, , , port = '5432', socket = ''] = postmaster(dataDir)
  const client = new pg.Client({ host: socket, port: Number(port), user: 'assay', database: 'assay' })
  await client.connect()
  await client.query('alter role assay set synchronous_commit = off')
  await client.query("alter system set wal_writer_delay = '10s'")
  await client.query('select pg_reload_conf()')
  await client.end()
}

type Result = Verdict & { outages: number[]; fsck: number; refusals: number }

async function rounds(count: number, forgetful: boolean): Promise<Result> {
  const dataDir = scratch('kill-postgres')
  let app = await startApp(dataDir)
  const writer = await writerKey(app)
  if (forgetful) {
    await makeForgetful(dataDir)
    await stopCleanly(app)
    app = await startApp(dataDir)
  }
  const acknowledged: Acknowledged[] = []
  const outages: number[] = []
  let refusals = 0
  for (let round = 0; round < count; round++) {
    const running = load(app, writer, Number(values.clients), acknowledged)
    await pause(random(300, 1500))
    process.kill(Number(postmaster(dataDir)[0]), 'SIGKILL')
    const began = performance.now()
    for (;;) {
      const status = await fetch(`${app.url}/api/entities`, {
        headers: { authorization: `Bearer ${writer.key}` },
      }).then(
        (answer) => answer.status,
        () => 0,
      )
      if (status === 200) break
      if (status !== 503) throw new Error(`the application answered ${status} while PostgreSQL was away`)
      refusals++
      await pause(20)
    }
    outages.push(performance.now() - began)
    await running.stop()
  }
  const verdict = await compare(app, writer, acknowledged)
  await stopCleanly(app)
  const checked = await fsck(dataDir)
  if (checked.code !== 0 && !forgetful) console.log(checked.output)
  rmSync(dataDir, { recursive: true, force: true })
  return { ...verdict, outages, refusals, fsck: checked.code }
}

const real = await rounds(Number(values.rounds), false)
console.log(
  `R2 kill -9 of PostgreSQL: ${values.rounds} kills, ${real.acknowledged} acknowledged, ${real.lost} lost, ${real.duplicated} duplicated, ` +
    `fsck ${real.fsck === 0 ? 'clean' : 'FOUND FAULTS'}, ${real.refusals} requests answered 503, longest outage ${Math.max(...real.outages).toFixed(0)} ms`,
)
const broken = await rounds(3, true)
console.log(
  `R2 negative control (synchronous_commit off): ${broken.acknowledged} acknowledged, ${broken.lost} lost`,
)
const good = real.lost === 0 && real.duplicated === 0 && real.fsck === 0 && real.acknowledged > 0
if (!good || broken.lost === 0) {
  console.log(good ? 'The negative control stayed green: the recipe would not notice a loss.' : 'R2 failed.')
  process.exitCode = 1
}
