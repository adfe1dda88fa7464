import { Button, Tabs } from '@mantine/core'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { EditionDetail } from '../../frameworks/web/shapes.ts'
import { RecordHistory } from '../../log/web/RecordHistory.tsx'
import { programmeFormMessages } from '../../programmes/web/messages.ts'
import { useProgrammeNames } from '../../programmes/web/names.ts'
import type { ProgrammeAnswer } from '../../programmes/web/shapes.ts'
import { StandBar } from '../../web/chart/StandBar.tsx'
import { useRead } from '../../web/data.ts'
import { useMay } from '../../web/frame/me.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { Page, Section } from '../../web/ui/Page.tsx'
import { State } from '../../web/ui/State.tsx'
import { Counts } from './CellLink.tsx'
import { postureMessages } from './messages.ts'
import { ProgrammeFacts } from './ProgrammeFacts.tsx'
import css from './programme.module.css'
import { RequirementList } from './RequirementList.tsx'
import type { ProgrammePosture } from './shapes.ts'
import { Trend } from './Trend.tsx'
import { sharesOf } from './words.ts'

const ProgrammeForm = lazy(() => import('../../programmes/web/ProgrammeForm.tsx'))
const EndForm = lazy(() => import('../../programmes/web/EndForm.tsx'))

export function ProgrammePage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const read = useRead<ProgrammeAnswer>(`/api/programmes/${id}`)
  const stands = useRead<ProgrammePosture>(`/api/posture/programmes/${id}`)
  return (
    <Loaded read={read}>
      {(programme) => (
        <Loaded read={stands}>{(data) => <Record programme={programme} stands={data} />}</Loaded>
      )}
    </Loaded>
  )
}

/** One programme: what it is, how it stands and stood, and everything it asks for. */
function Record({ programme, stands }: { programme: ProgrammeAnswer; stands: ProgrammePosture }) {
  const t = useWords(postureMessages)
  const format = useFormat()
  const names = useProgrammeNames()
  const may = useMay()
  const past = useIsPast()
  const navigate = useNavigate()
  const { tab = 'requirements' }: { tab?: string } = useSearch({ strict: false })
  const edition = useRead<EditionDetail>(`/api/frameworks/${programme.edition}`)
  return (
    <Page
      title={format.text(programme.name)}
      wide
      beside={<Ended programme={programme} />}
      above={<Link to="/app/posture">{t.title}</Link>}
      actions={<Actions programme={programme} />}
    >
      <ProgrammeFacts programme={programme} names={names} day={stands.day} />
      {stands.requirements.length === 0 ? (
        <Notice tone="unknown">{t.notRunning}</Notice>
      ) : (
        <div className={css.summary}>
          <div>
            <h2>{t.whole}</h2>
            <StandBar large shares={sharesOf(stands.totals)} />
            <Counts totals={stands.totals} />
            <p className="quiet">{t.wholeText}</p>
          </div>
          <div>
            <h2>{t.trend}</h2>
            <Trend programmeId={programme.id} />
          </div>
        </div>
      )}
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          navigate({ to: '.', search: (before: object) => ({ ...before, tab: next ?? undefined }) })
        }
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="requirements">
            {t.requirements}{' '}
            <span className="quiet tabular">{format.number(stands.requirements.length)}</span>
          </Tabs.Tab>
          {may('log.read') ? <Tabs.Tab value="history">{t.history}</Tabs.Tab> : null}
        </Tabs.List>
        <Tabs.Panel value="requirements">
          <Loaded read={edition}>
            {({ nodes }) => (
              <RequirementList
                programmeId={programme.id}
                stands={stands}
                nodes={nodes}
                decides={!past && programme.abilities.includes('decide')}
              />
            )}
          </Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <Section title={t.history}>
            <RecordHistory noun="programme" id={programme.id} />
          </Section>
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function Ended({ programme }: { programme: ProgrammeAnswer }) {
  const t = useWords(postureMessages)
  const format = useFormat()
  if (programme.running) return null
  return (
    <State tone="none">
      {programme.endedOn ? t.facts.ended(format.shortDay(programme.endedOn)) : t.facts.planned}
    </State>
  )
}

function Actions({ programme }: { programme: ProgrammeAnswer }) {
  const t = useWords(programmeFormMessages)
  const words = useWords(postureMessages)
  const past = useIsPast()
  const names = useProgrammeNames()
  const [open, setOpen] = useState<'edit' | 'end' | null>(null)
  const can = (action: string) => !past && programme.abilities.includes(action)
  const close = () => setOpen(null)
  return (
    <>
      {can('end') ? (
        <Button variant="default" onClick={() => setOpen('end')}>
          {words.end}
        </Button>
      ) : null}
      {can('update') ? (
        <Button variant="default" onClick={() => setOpen('edit')} title={t.editTitle}>
          {words.edit}
        </Button>
      ) : null}
      <Suspense fallback={null}>
        {open === 'edit' && names.ready ? (
          <ProgrammeForm programme={programme} names={names} onClose={close} />
        ) : null}
        {open === 'end' ? <EndForm programme={programme} onClose={close} /> : null}
      </Suspense>
    </>
  )
}
