import { useEffect, useState } from 'react'
import type { Quantity } from '../quantity.ts'
import type { Simulation } from '../simulation.ts'

/** What an estimate comes to, worked out in a worker by the same code as on the server; null while it runs. */
export function useSimulation(estimate: Quantity): Simulation | null {
  const key = JSON.stringify(estimate)
  const [found, setFound] = useState<{ key: string; result: Simulation } | null>(null)
  useEffect(() => {
    const worker = new Worker(new URL('./simulation.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = (event: MessageEvent<Simulation>) => setFound({ key, result: event.data })
    worker.postMessage(JSON.parse(key))
    return () => worker.terminate()
  }, [key])
  return found?.key === key ? found.result : null
}
