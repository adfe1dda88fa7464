import { ActionIcon, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { call } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { Failure } from '../../web/ui/Notice.tsx'
import { Section } from '../../web/ui/Page.tsx'
import { ImplementationsField } from './EvidenceForm.tsx'
import css from './evidence.module.css'
import { evidenceMessages } from './messages.ts'
import type { Names } from './names.ts'
import type { EvidenceDetail } from './shapes.ts'

type LinkBody = {
  implementationIds?: string[]
  occurrenceIds?: string[]
  assetIds?: string[]
  requirements?: { edition: string; requirement: string }[]
}

type Line = { key: string; name: string; text: ReactNode; beside: string; body: LinkBody }

/** What an item is for: controls, tasks, requirements and assets, each with a way to say that it is not. */
export function Links({ one, names }: { one: EvidenceDetail; names: Names }) {
  const t = useWords(evidenceMessages)
  const past = useIsPast()
  const [adding, setAdding] = useState(false)
  const groups = useGroups(one, names)
  const may = one.abilities.includes('link') && !past
  const unlink = useChange((body: LinkBody) =>
    call('POST', `/api/evidence/${one.id}/unlinks`, { body, version: one.version }),
  )
  const add = may ? (
    <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
      {t.link}
    </Button>
  ) : null
  return (
    <>
      {unlink.error ? <Failure error={unlink.error} /> : null}
      {groups.every(({ lines }) => lines.length === 0) ? <p className={css.words}>{t.noLinks}</p> : null}
      {groups
        .filter(({ lines }) => lines.length > 0)
        .map(({ title, lines }) => (
          <Section key={title} title={title}>
            <ul className={css.links}>
              {lines.map(({ key, name, text, beside, body }) => (
                <li key={key}>
                  <span>{text}</span>
                  <span className="quiet">{beside}</span>
                  {may ? (
                    <ActionIcon aria-label={t.unlink(name)} onClick={() => unlink.mutate(body)}>
                      <Icon name="close" />
                    </ActionIcon>
                  ) : (
                    <span />
                  )}
                </li>
              ))}
            </ul>
          </Section>
        ))}
      <div className={css.words}>{add}</div>
      {adding ? <LinkForm one={one} names={names} onClose={() => setAdding(false)} /> : null}
    </>
  )
}

function useGroups(one: EvidenceDetail, names: Names): { title: string; lines: Line[] }[] {
  const t = useWords(evidenceMessages)
  const format = useFormat()
  const control = (of: { controlId: string; code: string; name: object }) => (
    <Link to="/app/controls/$id" params={{ id: of.controlId }}>
      <code>{of.code}</code> {format.text(of.name)}
    </Link>
  )
  const { implementations, occurrences, requirements, assets } = one.linked
  return [
    {
      title: t.implementations,
      lines: implementations.map((of) => ({
        key: of.id,
        name: of.code,
        text: control(of),
        beside: names.entity(of.entityId),
        body: { implementationIds: [of.id] },
      })),
    },
    {
      title: t.occurrences,
      lines: occurrences.map((of) => ({
        key: of.id,
        name: of.code,
        text: control(of),
        beside: t.period(format.shortDay(of.periodFrom), format.shortDay(of.periodTo)),
        body: { occurrenceIds: [of.id] },
      })),
    },
    {
      title: t.requirements,
      lines: requirements.map(({ edition, requirement, title }) => ({
        key: `${edition} ${requirement}`,
        name: requirement,
        text: `${requirement} ${format.text(title)}`,
        beside: edition,
        body: { requirements: [{ edition, requirement }] },
      })),
    },
    {
      title: t.assets,
      lines: assets.map((of) => ({
        key: of.id,
        name: of.key,
        text: format.text(of.name),
        beside: of.key,
        body: { assetIds: [of.id] },
      })),
    },
  ]
}

function LinkForm({ one, names, onClose }: { one: EvidenceDetail; names: Names; onClose: () => void }) {
  const t = useWords(evidenceMessages)
  const form = useForm<{ implementationIds: string[] }, unknown>({
    initial: { implementationIds: [] },
    save: (body, idempotencyKey) =>
      call('POST', `/api/evidence/${one.id}/links`, { body, version: one.version, idempotencyKey }),
    onSaved: onClose,
  })
  return (
    <FormDrawer title={t.linkTitle} form={form} onClose={onClose} saveLabel={t.link}>
      <ImplementationsField
        names={names}
        value={form.values.implementationIds}
        onChange={(ids) => form.set('implementationIds', ids)}
        error={form.error('/implementationIds')}
        hint={t.linkHint}
      />
    </FormDrawer>
  )
}
