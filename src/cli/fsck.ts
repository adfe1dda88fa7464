import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { diskObjects } from '../adapters/disk.ts'
import { fsck as examine, type FsckReport } from '../log/server/fsck.ts'
import { logIds } from '../log/server/seal.ts'
import { recordTypes } from '../server/nouns.ts'
import { referencedObjects } from '../server/referenced-objects.ts'
import type { CliCommand } from './command.ts'
import { openPlace } from './place.ts'

function lines(id: string, report: FsckReport): string[] {
  const { entries, checkpoints, tiles, records, objects, findings, count, firstBadIndex } = report
  const seen = `${entries} entries, ${checkpoints} checkpoints, ${tiles} published files, ${records} records, ${objects} objects`
  if (count === 0) return [`${id}: ${seen}: nothing is wrong.`]
  return [
    `${id}: ${seen}: ${count} finding(s).`,
    firstBadIndex === null ? 'No single entry shows it.' : `The first bad entry is ${firstBadIndex}.`,
    ...findings.map(
      ({ code, index, detail }) => `  ${code}${index === null ? '' : ` at ${index}`}: ${detail}`,
    ),
  ]
}

export const fsck: CliCommand = {
  usage: 'assay fsck [--json]',
  summary: 'Recompute the evidence log from database and published files, and compare every record with it',
  async run(words, shell) {
    const { values } = parseArgs({ args: words, options: { json: { type: 'boolean' } } })
    const place = await openPlace(shell)
    const objects = { store: diskObjects(join(place.directory, 'objects')), referenced: referencedObjects }
    let count = 0
    try {
      for (const organisationId of await logIds(place.database)) {
        const report = await examine({ ...place, organisationId, recordTypes, objects })
        count += report.count
        if (values.json) shell.out(JSON.stringify({ organisationId, ...report }))
        else for (const line of lines(organisationId, report)) shell.out(line)
      }
    } finally {
      await place.close()
    }
    return count === 0 ? 0 : 1
  },
}
