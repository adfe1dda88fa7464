import { parentPort } from 'node:worker_threads'
import { compile } from '../expression.ts'
import type { Job } from './evaluate.ts'

// One message for each verdict: whoever waits sees which item was in hand when this thread had to be ended. Nothing is
// kept from one job to the next: an expression assigns nothing, and each is compiled anew.
parentPort?.on('message', ({ expression, items, tool, skip }: Job) => {
  const judge = compile(expression)
  parentPort?.postMessage('ready')
  for (const { resource, facts } of items.slice(skip))
    parentPort?.postMessage(judge({ resource, facts, tool }))
  parentPort?.postMessage('finished')
})
