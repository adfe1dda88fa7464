import { main } from '../../src/cli/main.ts'
import { createSealer } from '../../src/log/server/seal.ts'
import { temporaryDirectory } from './directory.ts'
import { foundHome, type Home, makeWorld, type World } from './world.ts'

export type CliWorld = World & {
  home: Home
  /** What the command line says to these words, and how it ends. */
  run(...words: string[]): Promise<{ code: number; text: string }>
}

/** An organisation with a sealed log, and the command line beside its database and data directory. */
export async function makeCliWorld(seed: string): Promise<CliWorld> {
  const world = await makeWorld(seed)
  const home = await foundHome(world)
  const directory = temporaryDirectory(seed)
  const { database, clock, runtime } = world
  const parts = { database, clock, random: runtime.random, directory: directory.path, log: () => undefined }
  await createSealer(parts).sealNow(home.organisationId)
  const { host = '', port, user, database: name, password } = database.pool.options
  const secret = password ? `:${password}` : ''
  const url = `postgresql://${user}${secret}@/${name}?host=${encodeURIComponent(host)}&port=${port}`
  return {
    ...world,
    home,
    async run(...words) {
      const lines: string[] = []
      const say = (line: string) => lines.push(line)
      const env = { ASSAY_DATA: directory.path, DATABASE_URL: url }
      const code = await main(words, { env, out: say, fail: say, fetch })
      return { code, text: lines.join('\n') }
    },
    async close() {
      await world.close()
      directory.remove()
    },
  }
}
