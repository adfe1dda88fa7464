import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { DueAtHome } from '../../calendar/web/DueAtHome.tsx'
import { Attention } from '../../certificates/web/Attention.tsx'
import css from '../../certificates/web/certificates.module.css'
import { certificateMessages } from '../../certificates/web/messages.ts'
import { useNames } from '../../certificates/web/names.ts'
import type { CertificateAnswer } from '../../certificates/web/shapes.ts'
import { PageState } from '../../trust/web/PageState.tsx'
import type { PageStatus } from '../../trust/web/shapes.ts'
import { useRead } from '../data.ts'
import { useDay } from '../frame/day.ts'
import { useMay, useMe } from '../frame/me.ts'
import { useEntityScope } from '../frame/times.ts'
import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { shellMessages } from '../i18n/messages.ts'
import { Bones, Empty } from '../ui/Empty.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Page, Section } from '../ui/Page.tsx'

// What is drawn comes after what is written: the first page is on the screen before its charts are.
const StartAtHome = lazy(async () => ({
  default: (await import('../../onboarding/web/StartAtHome.tsx')).StartAtHome,
}))
const PostureAtHome = lazy(async () => ({
  default: (await import('../../posture/web/PostureAtHome.tsx')).PostureAtHome,
}))
const TrackerAtHome = lazy(async () => ({
  default: (await import('../../documented-information/web/TrackerAtHome.tsx')).TrackerAtHome,
}))
const HandoverAtHome = lazy(async () => ({
  default: (await import('../../handover/web/HandoverAtHome.tsx')).HandoverAtHome,
}))
const CycleOverview = lazy(async () => ({
  default: (await import('../../certificates/web/CycleOverview.tsx')).CycleOverview,
}))

/** What a security manager wants to know first: the cycles, what is due, what breaks the next audit, the page. */
export function HomePage() {
  const t = useWords(certificateMessages)
  const shell = useWords(shellMessages)
  const format = useFormat()
  const me = useMe()
  const may = useMay()
  const day = useDay()
  const names = useNames()
  const entity = useEntityScope()
  const read = useRead<{ items: CertificateAnswer[] }>('/api/certificates/home')
  const status = useRead<PageStatus>('/api/trust/status', {}, may('publication.read'))
  return (
    <Page
      title={t.home.title}
      beside={<span className="quiet">{format.text(me.data?.organisation.name)}</span>}
    >
      {may('handover.read') ? (
        <Suspense fallback={null}>
          <HandoverAtHome />
        </Suspense>
      ) : null}
      {may('onboarding.read') ? (
        <Suspense fallback={null}>
          <StartAtHome />
        </Suspense>
      ) : null}
      {may('posture.read') ? (
        <Suspense fallback={<Bones rows={6} label={shell.loading} />}>
          <PostureAtHome />
        </Suspense>
      ) : null}
      {may('named-document.read') ? (
        <Suspense fallback={null}>
          <TrackerAtHome />
        </Suspense>
      ) : null}
      {may('publication.read') ? (
        <Section title={t.home.page} beside={<Link to="/app/trust">→</Link>}>
          <Loaded read={status}>{(data) => <PageState status={data} />}</Loaded>
        </Section>
      ) : null}
      <Loaded read={read}>
        {({ items }) => {
          const shown = entity ? items.filter((one) => one.currentHolders.includes(entity)) : items
          if (shown.length === 0) return <Empty title={t.empty}>{t.emptyText}</Empty>
          return (
            <>
              <Section title={t.home.cycles}>
                <Suspense fallback={<Bones label={shell.loading} />}>
                  <CycleOverview items={shown} day={day} names={names} />
                </Suspense>
              </Section>
              <div className={css.split}>
                <Section title={t.home.due}>
                  <DueAtHome day={day} />
                </Section>
                <Section title={t.home.attention}>
                  <Attention items={shown} names={names} />
                </Section>
              </div>
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}
