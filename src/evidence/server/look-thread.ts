import { parentPort } from 'node:worker_threads'
import { type Look, lookAt } from './look.ts'
import type { LookAnswer, LookTask } from './look-aside.ts'

// Looks at one file after another for the thread that started this one.
const port = parentPort
if (!port) throw new Error('this file runs as a thread')
let look: Look | null = null

async function handle(task: LookTask): Promise<LookAnswer | null> {
  if (task.kind === 'open') look = lookAt(task.name, task.type)
  else if (task.kind === 'part') {
    await look?.push(task.part)
    return { kind: 'taken' }
  } else if (task.kind === 'end') return look ? { kind: 'done', ...(await look.end()) } : null
  else look?.abandon()
  return null
}

// In the order in which they came, one at a time.
let last: Promise<void> = Promise.resolve()
port.on('message', (task: LookTask) => {
  last = last.then(async () => {
    const answer = await handle(task)
    if (answer) port.postMessage(answer)
  })
})
