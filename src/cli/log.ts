import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Id } from '../kernel/id.ts'
import { beginRotation, finishRotation } from '../log/server/rotate.ts'
import { logIds } from '../log/server/seal.ts'
import { beginSuccessor } from '../log/server/successor.ts'
import { type CliCommand, type Shell, UsageError } from './command.ts'
import { openPlace, type Place } from './place.ts'

const options = {
  organisation: { type: 'string' },
  finish: { type: 'boolean' },
  reason: { type: 'string' },
} as const

type Values = { organisation?: string; finish?: boolean; reason?: string }

/** The organisation that is meant: the one named, or the only one. */
async function organisationOf({ database }: Place, named: string | undefined): Promise<Id> {
  const ids = await logIds(database)
  const id = named ?? (ids.length === 1 ? ids[0] : undefined)
  if (id === undefined) throw new UsageError(`--organisation names one of: ${ids.join(', ')}`)
  if (!ids.includes(id)) throw new UsageError(`there is no log of the organisation ${id}`)
  return id
}

const partsOf = ({ database, directory }: Place) => ({
  database,
  directory,
  clock: { now: () => new Date() },
  random: (length: number) => new Uint8Array(randomBytes(length)),
})

async function rotateKey(place: Place, id: Id, { finish }: Values, { out }: Shell): Promise<void> {
  if (finish) {
    const { former, own } = await finishRotation(partsOf(place), id)
    out(`The log is signed by ${own} alone.`)
    out(`${former} counts for the checkpoints that it has signed, and its secret is gone.`)
    return
  }
  const { own, next } = await beginRotation(partsOf(place), id)
  out(`The log is signed by two keys: ${own} and ${next}.`)
  out(
    'Publish the new key where you publish the old one. When your auditors have it, run it again with --finish.',
  )
}

async function successor(place: Place, id: Id, { reason }: Values, { out }: Shell): Promise<void> {
  if (!reason) throw new UsageError('--reason says why the log cannot go on; it is logged')
  const { origin, index, predecessor } = await beginSuccessor(partsOf(place), id, reason)
  out(`The successor ${origin} begins; its own first entry is ${index}.`)
  out(`It names the checkpoint of ${predecessor.size} entries of ${predecessor.origin}.`)
  if (predecessor.lostFrom !== null && predecessor.lostTo !== null)
    out(`Entries ${predecessor.lostFrom} to ${predecessor.lostTo - 1} are lost.`)
}

const actions = new Map([
  ['rotate-key', rotateKey],
  ['successor', successor],
])

/** What the operator does to a log itself, at the data directory. */
export const log: CliCommand = {
  usage:
    'assay log rotate-key [--organisation <id>] [--finish] | assay log successor [--organisation <id>] --reason <text>',
  summary: 'Change the key of a log, or begin a successor of one that cannot go on',
  async run(words, shell) {
    const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true })
    const [name = '', ...more] = positionals
    const action = actions.get(name)
    if (!action || more.length > 0) throw new UsageError('name rotate-key or successor')
    const place = await openPlace(shell)
    try {
      await action(place, await organisationOf(place, values.organisation), values, shell)
    } finally {
      await place.close()
    }
    return 0
  },
}
