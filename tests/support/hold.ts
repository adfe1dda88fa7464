import { startEmbedded } from '../../src/db/embedded.ts'

// Stands for an application in a test: holds a data directory, says so on one line, and stops at the end of its input.
const embedded = await startEmbedded({
  dataDir: process.argv[2] ?? '',
  log: (line) => console.error(line),
}).catch((error) => {
  console.log(JSON.stringify({ code: error.code, message: error.message }))
  process.exit(3)
})
console.log(JSON.stringify({ pid: embedded.pid, connectionConfig: embedded.connectionConfig }))
process.stdin.resume().on('end', async () => {
  await embedded.stop()
  process.exit(0)
})
