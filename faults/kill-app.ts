// R1: the application is killed under load, again and again. Nothing acknowledged may be lost, doubled or half there.
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import {
  type Acknowledged,
  compare,
  fsck,
  killHard,
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
  options: { rounds: { type: 'string', default: '50' }, clients: { type: 'string', default: '20' } },
})

async function rounds(
  count: number,
  imports: readonly string[],
): Promise<Verdict & { recoveries: number[]; fsck: number }> {
  const dataDir = scratch('kill-app')
  const first = await startApp(dataDir)
  const writer = await writerKey(first)
  await stopCleanly(first)
  const acknowledged: Acknowledged[] = []
  const recoveries: number[] = []
  for (let round = 0; round < count; round++) {
    const began = performance.now()
    const app = await startApp(dataDir, imports)
    recoveries.push(performance.now() - began)
    const running = load(app, writer, Number(values.clients), acknowledged)
    await pause(random(100, 1500))
    await killHard(app)
    await running.stop()
  }
  const last = await startApp(dataDir)
  const verdict = await compare(last, writer, acknowledged)
  await stopCleanly(last)
  const checked = await fsck(dataDir)
  if (checked.code !== 0) console.log(checked.output)
  rmSync(dataDir, { recursive: true, force: true })
  return { ...verdict, recoveries, fsck: checked.code }
}

const quantile = (list: number[], share: number) =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length * share)] ?? 0

const real = await rounds(Number(values.rounds), [])
console.log(
  `R1 kill -9 of the application: ${values.rounds} kills, ${real.acknowledged} acknowledged, ${real.lost} lost, ${real.duplicated} duplicated, ` +
    `${real.unequal} retries answered differently, fsck ${real.fsck === 0 ? 'clean' : 'FOUND FAULTS'}, ` +
    `ready again p50 ${quantile(real.recoveries, 0.5).toFixed(0)} ms, p99 ${quantile(real.recoveries, 0.99).toFixed(0)} ms`,
)
const broken = await rounds(3, [fileURLToPath(new URL('ack-early.mjs', import.meta.url))])
console.log(
  `R1 negative control (acknowledges before it commits): ${broken.acknowledged} acknowledged, ${broken.lost} lost`,
)
const good =
  real.lost === 0 && real.duplicated === 0 && real.unequal === 0 && real.fsck === 0 && real.acknowledged > 0
if (!good || broken.lost === 0) {
  console.log(good ? 'The negative control stayed green: the recipe would not notice a loss.' : 'R1 failed.')
  process.exitCode = 1
}
