import { Problem } from '../../kernel/error.ts'
import { type Person, person } from '../../people/person.ts'
import { isInForce, roleGrant } from '../../people/role-grant.ts'
import { addPerson, personLeaves, updatePerson } from '../../people/server/commands.ts'
import { giveGrant } from '../../people/server/grant-commands.ts'
import { findPerson } from '../../people/server/queries.ts'
import { bring, everyRecord, idOrNull, locatedAt, noteLeft, type Run, within } from './run.ts'

/**
 * Adds a person as Assay itself: a file gives no link, so they stay invited until somebody sends them one. Whoever
 * applies the file must be allowed to invite.
 */
async function add(
  run: Run,
  after: Pick<Person, 'name' | 'email' | 'entityId' | 'jobTitle'>,
): Promise<Person> {
  if (!run.ctx.can('person.invite', 'organisation'))
    throw new Problem('forbidden', 'access.forbidden', { permission: 'person.invite' })
  const accountId = run.accounts.get(after.email) ?? null
  return addPerson.run(run.ctx, {
    ...after,
    accountId,
    state: accountId === null ? 'invited' : 'active',
    leftOn: null,
  })
}

export async function bringPeople(run: Run): Promise<void> {
  const { ctx, programme } = run
  const everyone = await everyRecord(ctx, person)
  const byEmail = (people: readonly Person[]) => new Map(people.map((one) => [one.email.toLowerCase(), one]))
  const present = byEmail(everyone.filter((one) => one.state !== 'left'))
  const gone = byEmail(everyone.filter((one) => one.state === 'left'))
  for (const [at, part] of programme.people.entries()) {
    const path = ['people', at]
    const former = present.has(part.email) ? undefined : gone.get(part.email)
    if (former) {
      // A file older than somebody's leaving must not bring them back: that is done by hand.
      const action = part.left !== false ? 'unchanged' : 'waiting'
      run.changes.push({ action, noun: 'person', key: part.key, fields: [] })
      run.ids.person.set(part.key, former.id)
      run.gone.add(former.id)
      continue
    }
    const entityId = await idOrNull(run, 'entity', part.entity, [...path, 'entity'])
    const after = { name: part.name, email: part.email, entityId, jobTitle: part.jobTitle }
    const saved = await bring(run, {
      ...{ noun: 'person', key: part.key, path, before: present.get(part.email), after },
      create: () => add(run, after),
      update: async (before) => {
        const { id, version } = before
        const { name, jobTitle } = after
        return { ...before, ...(await within(ctx, updatePerson, { id, version, name, entityId, jobTitle })) }
      },
    })
    run.ids.person.set(part.key, saved.id)
  }
  const named = programme.people.map((part) => part.email)
  noteLeft(run, 'person', present.keys(), named)
}

/** Roles come after certificates, because an external auditor's is for one of them. Roles end by hand only. */
export async function bringGrants(run: Run): Promise<void> {
  const { ctx, programme } = run
  const inForce = (await everyRecord(ctx, roleGrant)).filter((one) => isInForce(one, ctx.today))
  for (const [at, part] of programme.people.entries()) {
    const personId = run.ids.person.get(part.key)
    if (personId === undefined || run.gone.has(personId)) continue
    for (const [index, { role, entity, certificate }] of part.roles.entries()) {
      const path = ['people', at, 'roles', index]
      const after = {
        personId,
        role,
        entityId: await idOrNull(run, 'entity', entity, [...path, 'entity']),
        certificateId: await idOrNull(run, 'certificate', certificate, [...path, 'certificate']),
      }
      const before = inForce.find(
        (one) =>
          one.personId === personId &&
          one.role === role &&
          one.entityId === after.entityId &&
          one.certificateId === after.certificateId,
      )
      const where = [entity, certificate].filter((one) => one !== null).map((one) => `@${one}`)
      const key = `${part.key}/${role}${where.join('')}`
      const action = before ? 'unchanged' : 'create'
      run.changes.push({ action, noun: 'grant', key, fields: [] })
      if (!before) await locatedAt(run, path, () => within(ctx, giveGrant, after))
    }
  }
}

/** People leave last, when everything that is theirs is there: nobody is given anything who has left. */
export async function bringLeavings(run: Run): Promise<void> {
  for (const [at, { key, left }] of run.programme.people.entries()) {
    const id = run.ids.person.get(key)
    if (left === false || id === undefined || run.gone.has(id)) continue
    const { version, state } = await findPerson(run.ctx, id)
    const reason = 'Left, as the programme file says.'
    const on = left === true ? null : left
    await locatedAt(run, ['people', at, 'left'], () =>
      within(run.ctx, personLeaves, { id, version, on, reason }),
    )
    run.changes.push({
      action: 'update',
      noun: 'person',
      key,
      fields: [{ field: 'state', before: state, after: 'left' }],
    })
  }
}
