import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { boundLog, type Exit, type Launch, type Server, startServer } from './embedded-server.ts'

export type Watched = { pid(): number; exited: Promise<Exit>; stop(): Promise<void> }

const shortest = 100
const longest = 10_000

/**
 * Watches over a started server until `stop`: starts it again when it ends by itself, at first at once and after
 * repeated failures every ten seconds; keeps its log bounded; asks it to end when this process exits without `stop`.
 * `release` gives the data directory free and runs once, after the server has ended for good.
 */
export function watch(launch: Launch, first: Server, supervise: boolean, release: () => void): Watched {
  let server: Server | undefined = first
  const stopping = new AbortController()
  const leave = () => server?.signal('SIGINT')
  process.once('exit', leave)
  const tidy = setInterval(() => void boundLog(launch.cluster).catch(() => undefined), 60_000)
  tidy.unref()

  async function run(): Promise<Exit> {
    let exit = await first.exited
    for (let wait = shortest; supervise && !stopping.signal.aborted; ) {
      launch.log(`PostgreSQL ended by itself (${exit.signal ?? `code ${exit.code}`}); starting it again`)
      server = undefined
      try {
        server = await startServer(launch)
      } catch (error) {
        launch.log(error instanceof Error ? error.message : String(error))
        await sleep(wait, undefined, { signal: stopping.signal }).catch(() => undefined)
        wait = Math.min(wait * 2, longest)
        continue
      }
      launch.log(`PostgreSQL runs again (process ${server.pid})`)
      wait = shortest
      if (stopping.signal.aborted) await server.stop()
      exit = await server.exited
    }
    return exit
  }

  const exited = run().finally(async () => {
    clearInterval(tidy)
    process.removeListener('exit', leave)
    if ('socketDir' in launch.listen)
      await rm(launch.listen.socketDir, { recursive: true, force: true }).catch(() => undefined)
    release()
  })
  return {
    pid: () => server?.pid ?? 0,
    exited,
    async stop() {
      stopping.abort()
      await server?.stop()
      await exited
    },
  }
}
