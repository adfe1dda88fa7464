import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { buildWeb, fail, install, pinnedNode, root } from './prepare.mjs'

// npm start: installs and builds what is missing, then becomes the application.
process.chdir(root)
const [watch, rest] = [
  process.argv.includes('--watch'),
  process.argv.slice(2).filter((text) => text !== '--watch'),
]
install({ development: false })
const node = pinnedNode()
if (buildWeb(node) !== 0) fail('The web interface could not be built: see the message above.')

const child = spawn(node, [...(watch ? ['--watch'] : []), 'src/main.ts', ...rest], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
// npm does not pass a signal on to what its shell started: that npm is gone shows only in a new parent.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid
  const watched = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watched)
    child.kill('SIGTERM')
  }, 200)
}
child.on('error', (error) => fail(`Assay could not be started: ${error.message}`))
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
