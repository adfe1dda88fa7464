import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { diskObjects } from '../adapters/disk.ts'
import { scrub as examine, type Rot, type ScrubReport } from '../server/evidence-scrub.ts'
import type { CliCommand } from './command.ts'
import { languageOf } from './language.ts'
import { openPlace } from './place.ts'

const words = {
  en: {
    sound: ({ objects, bytes }: ScrubReport) =>
      `${objects} objects, ${bytes} bytes: every one is as it was stored.`,
    rotten: ({ objects, rot, unnamed }: ScrubReport) =>
      `${objects} objects: ${rot.length + unnamed} finding(s). Restore them from a backup.`,
    missing: 'missing',
    damaged: 'damaged',
  },
  ja: {
    sound: ({ objects, bytes }: ScrubReport) =>
      `オブジェクト${objects}件、${bytes}バイト: すべて保存時のままです。`,
    rotten: ({ objects, rot, unnamed }: ScrubReport) =>
      `オブジェクト${objects}件: 異常が${rot.length + unnamed}件あります。バックアップから復元してください。`,
    missing: '欠落',
    damaged: '破損',
  },
} as const

export const scrub: CliCommand = {
  usage: 'assay scrub [--json] [--lang en|ja]',
  summary: 'Read every stored file that a record needs and compare it with its digest',
  async run(args, shell) {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean' }, lang: { type: 'string' } } })
    const text = words[languageOf(shell.env, args)]
    const place = await openPlace(shell)
    try {
      const objects = diskObjects(join(place.directory, 'objects'))
      const report = await examine({ database: place.database, objects })
      const lineOf = ({ what, digest, by, title, file }: Rot) =>
        `  ${text[what]}: ${by}${title === null ? '' : ` "${title}"`}${file === null ? '' : ` ${file}`} ${digest}`
      if (values.json) shell.out(JSON.stringify(report))
      else if (report.rot.length === 0) shell.out(text.sound(report))
      else for (const line of [text.rotten(report), ...report.rot.map(lineOf)]) shell.out(line)
      return report.rot.length === 0 ? 0 : 1
    } finally {
      await place.close()
    }
  },
}
