import type { Quantity } from '../quantity.ts'
import { simulate } from '../simulation.ts'

// Beside the page, so that typing never waits for a hundred thousand years.
self.onmessage = (event: MessageEvent<Quantity>) => self.postMessage(simulate(event.data))
