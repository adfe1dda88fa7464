import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { EntityAnswer, List } from '../../organisation/web/shapes.ts'
import { peopleMessages } from '../../people/web/messages.ts'
import type { Invitation, ShownPerson } from '../../people/web/shapes.ts'
import { call } from '../../web/client.ts'
import { useRead } from '../../web/data.ts'
import { ChoiceField } from '../../web/form/fields.tsx'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Plain } from '../../web/ui/Plain.tsx'
import { type PersonLine, peoplePasted } from '../pasted-people.ts'
import { useAdding } from './adding.ts'
import type { Invited } from './Invitations.tsx'
import { onboardingMessages } from './messages.ts'
import css from './onboarding.module.css'
import { AddButton, FateOf, linesKept, Outcome, PasteField } from './Pasted.tsx'

const roles = ['contributor', 'manager', 'owner', 'reader'] as const

type PeopleStepProps = { count: number; onInvited: (one: Invited) => void }

/** Invites people from a pasted list and gives each a role; their links are shown by the page, so that they outlive the step. */
export function PeopleStep({ count, onInvited }: PeopleStepProps) {
  const t = useWords(onboardingMessages)
  const words = useWords(peopleMessages)
  const format = useFormat()
  // Whoever is not among the first of very many is refused by the server, with the reason.
  const people = useRead<List<ShownPerson>>('/api/people', { limit: 200 }).data?.items ?? []
  const entities = useRead<List<EntityAnswer>>('/api/entities').data?.items ?? []
  const [text, setText] = useState('')
  const [role, setRole] = useState<(typeof roles)[number]>('contributor')
  const [over, setOver] = useState('')
  const lines = peoplePasted(
    text,
    people.filter((one) => one.state !== 'left'),
  )
  const fresh = lines.filter(({ fate }) => fate === 'new')
  const { state, run } = useAdding<PersonLine>(async ({ name, email }, keyFor) => {
    const body = { name, email, entityId: over || null, jobTitle: null }
    const made = await call<Invitation>('POST', '/api/people', { body, idempotencyKey: keyFor(body) })
    const grant = { personId: made.person.id, role, entityId: over || null, certificateId: null }
    // The invitation stands whether or not the role can be given: its link is shown now or never.
    const why = await call('POST', '/api/grants', { body: grant, idempotencyKey: keyFor(grant) }).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : ''),
    )
    const link = `${window.location.origin}/invitation/${made.invitation.token}`
    onInvited({ name: format.text(name), email, link, why })
  })
  const invite = async () => {
    const refused = await run(fresh)
    const kept = new Set([
      ...refused.map(({ row }) => row.line),
      ...lines.filter(({ fate }) => fate === 'address' || fate === 'columns').map(({ line }) => line),
    ])
    setText(linesKept(text, kept))
  }
  return (
    <>
      <p>
        {t.people.count(format.number(count))} <Link to="/app/people">{t.people.all}</Link>
      </p>
      <div className={css.two}>
        <ChoiceField
          label={t.people.role}
          hint={words.roleHints[role]}
          value={role}
          options={roles.map((value) => ({ value, label: words.roleNames[value] }))}
          onChange={setRole}
        />
        <ChoiceField
          label={t.people.over}
          value={over}
          options={[
            { value: '', label: words.wholeOrganisation },
            ...entities.map((one) => ({ value: one.id, label: format.text(one.name) })),
          ]}
          onChange={setOver}
        />
      </div>
      <PasteField
        label={t.people.list}
        hint={t.people.hint}
        example={t.people.example}
        value={text}
        onChange={setText}
      />
      <PeopleRead lines={lines} />
      <AddButton
        count={fresh.length}
        label={t.people.invite(format.number(fresh.length))}
        state={state}
        onAdd={invite}
      />
      <Outcome state={state} nameOf={({ email }) => email} done={t.people.invited} />
    </>
  )
}

function PeopleRead({ lines }: { lines: readonly PersonLine[] }) {
  const t = useWords(onboardingMessages)
  if (lines.length === 0) return null
  return (
    <Plain caption={t.preview} head={[t.line, t.people.email, t.name, t.fate]}>
      {lines.slice(0, 100).map(({ line, email, name, guessed, fate }) => (
        <tr key={`${line} ${email}`}>
          <td className="tabular">{line}</td>
          <td className={css.break}>{email}</td>
          <td>
            {[name.en, name.ja].filter(Boolean).join(' · ')}{' '}
            {guessed && fate === 'new' ? <span className="quiet">({t.people.guessed})</span> : null}
          </td>
          <td>
            <FateOf fate={fate} />
          </td>
        </tr>
      ))}
    </Plain>
  )
}
