// Changes one digit of one certificate in the database behind Assay's back, as somebody with the administrator's rights
// could, so that `assay fsck` has something to find. `--undo` changes it back. Assay must be stopped.
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { readConfig } from '../src/config.ts'
import { startEmbedded } from '../src/db/embedded.ts'

const undo = process.argv.includes('--undo')
const { dataDir } = readConfig(process.env, fileURLToPath(new URL('../', import.meta.url)))
const embedded = await startEmbedded({ dataDir, log: () => undefined, supervise: false })
const client = new pg.Client(embedded.connectionConfig)
await client.connect()
const [from, to] = undo ? ['509133', '509132'] : ['509132', '509133']
const { rows } = await client.query(
  'update certificate set number = replace(number, $1, $2) where number like $3 returning number',
  [from, to, `%${from}`],
)
console.log(
  rows[0]
    ? `The certificate's number now reads ${rows[0].number} in the database.`
    : `No certificate number ends in ${from}.`,
)
await client.end()
await embedded.stop()
