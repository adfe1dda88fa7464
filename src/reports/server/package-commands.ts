import type { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { save } from '../../db/save.ts'
import type { Command } from '../../kernel/command.ts'
import { newId } from '../../kernel/id.ts'
import { scopeOfStatement } from '../../soa/server/versions-queries.ts'
import { type ReportPackage, reportPackage } from '../report-package.ts'

const input = reportPackage.schema.omit({ id: true, version: true, madeById: true, madeOn: true })

/** Logs that a package was made, with the digest of each of its files: that entry is its proof. */
export const recordPackage: Command<Context, z.output<typeof input>, ReportPackage> = {
  kind: 'command',
  noun: 'report-package',
  action: 'make',
  seal: true,
  input,
  output: reportPackage.schema,
  scope: (ctx, { programmeId }) => scopeOfStatement(ctx, programmeId),
  run: (ctx, said) =>
    save(ctx, reportPackage, 'report-package.made', {
      ...{ ...said, id: newId(ctx.random), version: 0 },
      ...{ madeById: ctx.actor.id, madeOn: ctx.today },
    }),
}
