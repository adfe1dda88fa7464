import { Button, Select } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Id } from '../../kernel/id.ts'
import { useRead } from '../../web/data.ts'
import { useMay, useMayNow } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { Count, Page } from '../../web/ui/Page.tsx'
import { HandoverForm } from './HandoverForm.tsx'
import css from './handover.module.css'
import { handoverMessages } from './messages.ts'
import { type Handovers, keyOf } from './shapes.ts'
import { ThingTable } from './ThingTable.tsx'

/** What belongs to people who left, or to one person, and who takes it over. */
export function HandoverPage() {
  const t = useWords(handoverMessages)
  const format = useFormat()
  const navigate = useNavigate()
  const { person }: { person?: Id } = useSearch({ strict: false })
  const may = useMay()
  const everyone = useRead<Handovers>('/api/handovers')
  return (
    <Loaded read={everyone}>
      {({ people }) => {
        const wanted = person ?? people[0]?.person.id
        if (wanted === undefined)
          return (
            <Page title={t.title} lead={t.lead}>
              <Empty
                title={t.empty}
                action={may('person.read') ? <Link to="/app/people">{t.people}</Link> : null}
              >
                {t.emptyText}
              </Empty>
            </Page>
          )
        const isListed = people.some((one) => one.person.id === wanted)
        const choice =
          isListed && people.length > 1 ? (
            <Select
              label={t.whose}
              w={360}
              maw="100%"
              mb="md"
              allowDeselect={false}
              data={people.map((one) => ({
                value: one.person.id,
                label: t.person(format.text(one.person.name), format.number(one.count)),
              }))}
              value={wanted}
              onChange={(next) =>
                navigate({ to: '.', search: (before: object) => ({ ...before, person: next }) })
              }
            />
          ) : null
        return <OfPerson key={wanted} id={wanted} choice={choice} />
      }}
    </Loaded>
  )
}

function OfPerson({ id, choice }: { id: Id; choice: ReactNode }) {
  const t = useWords(handoverMessages)
  const format = useFormat()
  const may = useMay()
  const mayNow = useMayNow()
  const read = useRead<Handovers>('/api/handovers', { person: id })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState(false)
  const choose = (keys: readonly string[], on: boolean) =>
    setChosen((before) => {
      const next = new Set(before)
      for (const key of keys) on ? next.add(key) : next.delete(key)
      return next
    })
  const act = mayNow('handover.carry_out')
  return (
    <Loaded read={read}>
      {({ people: [found], items, total }) => {
        if (!found) return null
        const name = format.text(found.person.name)
        const things = items.filter((thing) => chosen.has(keyOf(thing)))
        const count = things.length === 0 ? total : things.length
        const said = format.number(count)
        return (
          <Page
            title={t.title}
            beside={<Count>{t.things(format.number(total))}</Count>}
            lead={found.person.left ? t.lead : t.leadOf(name)}
          >
            {choice ?? <h2 className={css.who}>{name}</h2>}
            {total === 0 ? (
              <Empty
                title={t.emptyOf(name)}
                action={may('person.read') ? <Link to="/app/people">{t.people}</Link> : null}
              >
                {t.emptyOfText}
              </Empty>
            ) : null}
            {items.length < total ? (
              <Notice tone="none" calm>
                {t.more(format.number(items.length), format.number(total))}
              </Notice>
            ) : null}
            {[...Map.groupBy(items, (thing) => thing.noun)].map(([noun, each]) => (
              <ThingTable
                key={noun}
                noun={noun}
                things={each}
                chosen={chosen}
                onChoose={act ? choose : null}
              />
            ))}
            {act && total > 0 ? (
              <div className={css.act}>
                <Button onClick={() => setOpen(true)}>
                  {things.length === 0 ? t.handAll(said) : t.handSome(said)}
                </Button>
                <span className="quiet">{name}</span>
              </div>
            ) : null}
            {open ? (
              <HandoverForm
                from={found.person}
                things={things.length === 0 ? null : things}
                count={count}
                onClose={() => setOpen(false)}
                onDone={() => {
                  setOpen(false)
                  setChosen(new Set())
                }}
              />
            ) : null}
          </Page>
        )
      }}
    </Loaded>
  )
}
