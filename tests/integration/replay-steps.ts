import fc from 'fast-check'
import { type Certificate, certificate } from '../../src/certificates/certificate.ts'
import { recordEvent, suspendCertificate, updateCertificate } from '../../src/certificates/server/commands.ts'
import { reading } from '../../src/db/transaction.ts'
import { parseOverlay } from '../../src/frameworks/overlay.ts'
import { overlayBytes } from '../../src/frameworks/overlay-object.ts'
import { adoptEditions, attachOverlay, removeOverlay } from '../../src/frameworks/server/commands.ts'
import type { Role } from '../../src/kernel/actor.ts'
import { invitePerson, personLeaves, updatePerson } from '../../src/people/server/commands.ts'
import { endGrant, giveGrant } from '../../src/people/server/grant-commands.ts'
import { createApiKey, revokeApiKey } from '../../src/people/server/key-commands.ts'
import { answer, execute } from '../../src/server/execute.ts'
import { visitorOf } from '../../src/server/public-site.ts'
import { type PageText, wordingDigest } from '../../src/trust/page-text.ts'
import { publish } from '../../src/trust/server/publish.ts'
import { approveRequest, declineRequest, requestReport } from '../../src/trust/server/request-commands.ts'
import { requestForm } from '../../src/trust/server/request-queries.ts'
import { reviewText, updateText } from '../../src/trust/server/text-commands.ts'
import type { Programme } from '../support/trust-world.ts'
import type { World } from '../support/world.ts'
import { hands } from './replay-hands.ts'
import { ismsDoings, ismsEndings, ismsSteps } from './replay-isms-steps.ts'
import { riskDoings, riskEndings, riskSteps } from './replay-risk-steps.ts'
import { statementAndDocumentSteps, statementDoings, statementEndings } from './replay-statement-steps.ts'
import { workDoings, workEndings, workSteps } from './replay-work-steps.ts'

export const doings = [
  // First, because what follows takes away what the page claims.
  'publish',
  'invite',
  'change person',
  'leave',
  'give grant',
  'end grant',
  'make key',
  'revoke key',
  'adopt',
  'attach overlay',
  'remove overlay',
  'change certificate',
  'record event',
  'suspend',
  'change text',
  'review text',
  'ask for report',
  'approve request',
  'decline request',
  ...workDoings,
  ...ismsDoings,
  ...riskDoings,
  ...statementDoings,
  // What ends things comes last: everything before it shall find something to work on.
  ...riskEndings,
  ...ismsEndings,
  ...statementEndings,
  ...workEndings,
] as const

export type Doing = (typeof doings)[number]

const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((value) => `n${value.replaceAll(/[\p{C}\p{Z}\u00AD]/gu, '')}`)

/** A step of any kind, and what it is about; `at` chooses among the records that there are. */
export const step = fc.record({
  do: fc.constantFrom(...doings),
  name: word,
  at: fc.nat(1000),
  role: fc.constantFrom<Role>('reader', 'contributor', 'auditor', 'manager'),
})

export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const editionKey = 'iso27001-2022'

/** The records of a table as they are now, in the order of their ids, without the column of the organisation. */
async function recordsOf(world: World, programme: Programme, table: RecordTable) {
  return reading(world.database, programme.home.organisationId, async (tx) => {
    const rows = await tx.selectFrom(table).selectAll().orderBy('id').execute()
    return rows.map(({ organisationId: _, ...record }) => record)
  })
}

type RecordTable =
  | 'person'
  | 'roleGrant'
  | 'apiKey'
  | 'overlay'
  | 'certificate'
  | 'pageText'
  | 'reportRequest'

async function storedOverlay(world: World, programme: Programme, text: string) {
  const edition = world.runtime.catalogue.editions.get(editionKey)
  if (!edition) throw new Error('no edition')
  const parsed = parseOverlay(edition, [{ row: 1, id: 'A.5.7', text }], {
    language: 'en',
    licenceHolder: 'Example Corporation',
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  const bytes = overlayBytes(parsed.overlay, programme.home.organisationId)
  const stream = (async function* () {
    yield bytes
  })()
  const { digest } = await world.runtime.objects.put(stream, 1e6)
  return { editionKey, language: 'en' as const, digest }
}

export type Work = (step: Step) => Promise<unknown>

let counter = 0

// The page's own rules refuse numerals and foreign scripts, so the words of a title are not random.
const titles = ['Our programme', 'What is certified', 'How we are audited']

/** The table has generated columns, which are no part of the record. */
const withoutGenerated = (row: Certificate): Certificate => {
  const fields = Object.keys(certificate.schema.shape)
  return Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name))) as Certificate
}

/** How each step is carried out; one that finds nothing to work on does nothing. */
export function works(world: World, programme: Programme): Record<Doing, Work> {
  const { runtime } = world
  const { home, author, reviewer } = programme
  const { owner, manager } = home
  const hand = hands(world, programme)
  const visitor = visitorOf(home.organisationId, 'en')
  const pick = async (table: RecordTable, at: number) => {
    const records = await recordsOf(world, programme, table)
    const found = records[at % Math.max(1, records.length)]
    // The commands check every field that they are given: a row that is no record is refused by them.
    return found as never
  }
  /** Chooses a record of the table and carries out `work` on it. */
  const on =
    (table: RecordTable, work: (record: never, step: Step) => Promise<unknown>): Work =>
    async (step) => {
      const record = await pick(table, step.at)
      return record === undefined ? undefined : work(record, step)
    }
  const versionOf = ({ id, version }: { id: string; version: number }) => ({ id, version })
  /** Decides a request that waits; each can be decided once. */
  const onWaiting =
    (work: (record: { id: string; version: number }, step: Step) => Promise<unknown>): Work =>
    async (step) => {
      const all = await recordsOf(world, programme, 'reportRequest')
      const waiting = all.filter((record) => 'state' in record && record.state === 'waiting')
      const chosen = waiting[step.at % Math.max(1, waiting.length)]
      return chosen && work({ id: chosen.id, version: chosen.version }, step)
    }
  const local = (step: Step) => ({ en: step.name, ja: `${step.name}・日本` })

  return {
    ...workSteps(world, programme),
    ...ismsSteps(hand),
    ...riskSteps(hand),
    ...statementAndDocumentSteps(hand),
    invite: (step) =>
      execute(runtime, owner, invitePerson, {
        name: local(step),
        email: `invited${++counter}@example.com`,
        entityId: step.at % 2 ? home.root.id : null,
        jobTitle: null,
      }),
    'change person': on('person', (record: { id: string; version: number }, step) =>
      execute(runtime, owner, updatePerson, {
        ...versionOf(record),
        name: local(step),
        entityId: null,
        jobTitle: null,
      }),
    ),
    leave: on('person', (record: { id: string; version: number }, step) =>
      execute(runtime, owner, personLeaves, { ...versionOf(record), reason: step.name }),
    ),
    'give grant': on('person', ({ id: personId }: { id: string }, step) =>
      execute(runtime, owner, giveGrant, {
        personId,
        role: step.role,
        entityId: null,
        certificateId: null,
      }),
    ),
    'end grant': on('roleGrant', (record: { id: string; version: number }, step) =>
      execute(runtime, owner, endGrant, { ...versionOf(record), reason: step.name }),
    ),
    'make key': (step) =>
      execute(runtime, author, createApiKey, {
        name: step.name,
        role: step.role,
        entityId: null,
        scopes: ['edition.read'],
        expiresAt: '2023-09-01T00:00:00.000Z',
      }),
    'revoke key': on('apiKey', (record: { id: string; version: number }) =>
      execute(runtime, owner, revokeApiKey, versionOf(record)),
    ),
    adopt: () => execute(runtime, home.system, adoptEditions, {}),
    'attach overlay': async (step) =>
      execute(runtime, owner, attachOverlay, await storedOverlay(world, programme, step.name)),
    'remove overlay': on('overlay', (record: { id: string; version: number }) =>
      execute(runtime, owner, removeOverlay, versionOf(record)),
    ),
    'change certificate': on('certificate', (record: Certificate, step) =>
      execute(runtime, owner, updateCertificate, {
        ...withoutGenerated(record),
        number: step.name,
        reason: step.name,
      }),
    ),
    'record event': on('certificate', (record: Certificate, step) =>
      execute(runtime, owner, recordEvent, {
        ...versionOf(record),
        event: {
          kind: 'surveillance-1',
          on: '2023-06-01',
          outcome: 'passed',
          note: local(step),
        },
      }),
    ),
    suspend: on('certificate', (record: Certificate, step) =>
      execute(runtime, owner, suspendCertificate, {
        ...versionOf(record),
        on: '2023-07-01',
        reason: step.name,
        note: null,
      }),
    ),
    'change text': on('pageText', ({ authorId: _, review: __, ...record }: PageText, step) =>
      execute(runtime, author, updateText, {
        ...record,
        title: { en: titles[step.at % titles.length] as string, ja: '題名' },
      }),
    ),
    'review text': on('pageText', (record: PageText) =>
      execute(runtime, reviewer, reviewText, { ...versionOf(record), digest: wordingDigest(record) }),
    ),
    publish: () => execute(runtime, manager, publish, {}),
    'ask for report': async (step) => {
      const documentId = programme.documents.soc2?.id ?? ''
      const { termsDigest } = await answer(runtime, visitor, requestForm, { documentId, language: 'en' })
      const ask = () =>
        execute(runtime, visitor, requestReport, {
          documentId,
          name: step.name,
          email: `reader${++counter}@example.org`,
          company: 'Customer Ltd.',
          purpose: step.name,
          language: 'en',
          termsDigest,
        })
      // Two, so that there is one to approve and one to decline.
      await ask()
      return ask()
    },
    'approve request': onWaiting((record, step) =>
      execute(runtime, manager, approveRequest, { ...record, days: 1 + (step.at % 7) }),
    ),
    'decline request': onWaiting((record, step) =>
      execute(runtime, manager, declineRequest, { ...record, reason: step.name }),
    ),
  }
}
