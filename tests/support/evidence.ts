import type { Implementation } from '../../src/controls/implementation.ts'
import { createControl } from '../../src/controls/server/commands.ts'
import { createImplementation } from '../../src/controls/server/implementation-commands.ts'
import type { EvidenceFile } from '../../src/evidence/file.ts'
import { keepFile } from '../../src/evidence/server/files.ts'
import { takeIn } from '../../src/server/evidence-intake.ts'
import { execute } from '../../src/server/execute.ts'
import type { Caller } from '../../src/server/runtime.ts'
import type { Home, World } from './world.ts'

const text = { en: 'Something', ja: 'なにか' }

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** A control that an entity carries out. */
export async function carriedOut(
  { runtime }: World,
  home: Home,
  code: string,
  changed: Partial<Implementation> = {},
): Promise<Implementation> {
  const control = await execute(runtime, home.owner, createControl, {
    code,
    name: text,
    objective: text,
    practice: null,
    requirementLinks: [],
    controlLinks: [],
    together: [],
    ownerId: null,
  })
  return execute(runtime, home.owner, createImplementation, {
    controlId: control.id,
    entityId: home.root.id,
    serviceId: null,
    inheritable: true,
    ownerId: null,
    description: text,
    frequency: null,
    evidenceDays: 90,
    phases: [{ from: '2023-01-01', stance: 'operating', reason: null }],
    ...changed,
  })
}

/** A file that went through the guard and waits for its item. */
export async function sentFile(
  { runtime }: World,
  caller: Caller,
  content: string | Uint8Array = 'It was so.',
  name = 'proof.txt',
): Promise<EvidenceFile> {
  const bytes = only(typeof content === 'string' ? Buffer.from(content) : content)
  const facts = await takeIn(runtime.objects, { name, type: '', bytes }, 10_000_000, '/files/0')
  return execute(runtime, caller, keepFile, facts)
}

/** What an item needs at least. */
export const itemInput = (home: Home, changed: Record<string, unknown> = {}) => ({
  title: 'Access review',
  entityId: home.root.id,
  aboutFrom: '2023-04-01',
  aboutTo: '2023-06-30',
  collectedOn: '2023-07-03',
  ...changed,
})
