import { parentPort, workerData } from 'node:worker_threads'
import { compile } from '../expression.ts'
import type { Job } from './evaluate.ts'

// One message for each verdict: whoever waits sees which item was in hand when this thread had to be ended.
const { expression, items, tool, skip } = workerData as Job
const judge = compile(expression)
parentPort?.postMessage('ready')
for (const { resource, facts } of items.slice(skip)) parentPort?.postMessage(judge({ resource, facts, tool }))
