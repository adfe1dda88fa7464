import { namedDocument } from '../../src/documented-information/named-document.ts'
import {
  approveDocument,
  nameDocument,
  withdrawDocument,
} from '../../src/documented-information/server/commands.ts'
import { evidence } from '../../src/evidence/evidence.ts'
import { isDraft } from '../../src/people/approval.ts'
import { programme } from '../../src/programmes/programme.ts'
import { decideApplicability } from '../../src/programmes/server/commands.ts'
import { recordPackage } from '../../src/reports/server/package-commands.ts'
import { annexControls } from '../../src/soa/controls-of.ts'
import {
  approveStatement,
  draftStatement,
  renewStatement,
  withdrawStatement,
} from '../../src/soa/server/commands.ts'
import { soaVersion } from '../../src/soa/soa-version.ts'
import { type Hands, one, today, versionOf, words } from './replay-hands.ts'
import { ismsEdition, ismsProgramme } from './replay-isms-steps.ts'
import type { Step, Work } from './replay-steps.ts'

export const statementDoings = [
  'draft statement',
  'renew statement',
  'approve statement',
  'name document',
  'approve document',
  'make package',
] as const

export const statementEndings = ['withdraw statement', 'withdraw document'] as const

export type StatementDoing = (typeof statementDoings)[number] | (typeof statementEndings)[number]

function statementSteps(hand: Hands) {
  const { runtime, does, on, all, other } = hand
  const edition = runtime.catalogue.editions.get(ismsEdition)
  if (!edition) throw new Error('no edition')
  const requirements = annexControls(edition)
  return {
    'draft statement': async (step: Step) =>
      does(draftStatement, { id: await ismsProgramme(hand, step), note: step.name }),
    'renew statement': on(soaVersion, isDraft, (record, step) =>
      does(renewStatement, { ...versionOf(record), note: step.name }),
    ),
    /** With every control in, so that nothing of it is open. */
    'approve statement': async (step: Step) => {
      const running = (await all(programme)).filter(({ endedOn }) => endedOn === null).map(({ id }) => id)
      const drafts = (await all(soaVersion)).filter(
        (each) => isDraft(each) && running.includes(each.programmeId),
      )
      const draft = one(drafts, step.at)
      if (!draft) return undefined
      await does(decideApplicability, {
        ...{ id: draft.programmeId, from: today, applicable: true, reasons: ['baseline'] },
        ...{ justification: null, requirements },
      })
      return does(approveStatement, versionOf(await does(renewStatement, versionOf(draft))), other)
    },
    'withdraw statement': on(
      soaVersion,
      (record) => record.withdrawn === null,
      (record, step) => does(withdrawStatement, { ...versionOf(record), reason: step.name }),
    ),
  }
}

export const statementAndDocumentSteps = (hand: Hands): Record<StatementDoing, Work> => ({
  ...statementSteps(hand),
  'name document': async (step) => {
    const kept = one(
      (await hand.all(evidence)).filter((each) => !each.withdrawn && !each.disposed),
      step.at,
    )
    return (
      kept &&
      hand.does(nameDocument, {
        ...{ id: await ismsProgramme(hand, step), duty: 'scope-statement', name: words(step), label: null },
        ...{ evidenceId: kept.id, issuedOn: today, reviewBy: null },
      })
    )
  },
  'approve document': hand.on(
    namedDocument,
    (record) => record.approval === null && record.withdrawn === null,
    (record) => hand.does(approveDocument, versionOf(record), hand.other),
  ),
  'withdraw document': hand.on(
    namedDocument,
    (record) => record.withdrawn === null,
    (record, step) => hand.does(withdrawDocument, { ...versionOf(record), reason: step.name }),
  ),
  'make package': async (step) =>
    hand.does(recordPackage, {
      ...{ programmeId: await ismsProgramme(hand, step), kind: 'stage-one', language: 'ja', asOf: today },
      files: [
        {
          ...{ name: 'index.html', mediaType: 'text/html', size: step.at },
          sha256: step.at.toString(16).padStart(64, '0'),
        },
      ],
    }),
})
