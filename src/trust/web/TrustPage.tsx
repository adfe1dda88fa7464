import { Button, Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '../../web/data.ts'
import { useMe } from '../../web/frame/me.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Icon } from '../../web/ui/icons.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Page } from '../../web/ui/Page.tsx'
import { Editions } from './Editions.tsx'
import { trustMessages } from './messages.ts'
import { PageState } from './PageState.tsx'
import { Preview } from './Preview.tsx'
import { PublishForm } from './PublishForm.tsx'
import type { PageStatus, PreviewAnswer } from './shapes.ts'
import { Texts } from './Texts.tsx'

/** The public page: its state, its next edition, its texts and all editions before. */
export function TrustPage() {
  const t = useWords(trustMessages)
  const { language } = useFormat()
  const navigate = useNavigate()
  const past = useIsPast()
  const me = useMe()
  const { tab = 'preview' }: { tab?: string } = useSearch({ strict: false })
  const [publishing, setPublishing] = useState(false)
  const status = useRead<PageStatus>('/api/trust/status')
  const preview = useRead<PreviewAnswer>('/api/trust/preview')
  const mayPublish = !past && preview.data?.abilities.includes('publish')
  return (
    <Page
      title={t.title}
      wide
      actions={
        <>
          {status.data?.live ? (
            <Button
              component="a"
              href={`/${language}/`}
              target="_blank"
              rel="noreferrer"
              variant="default"
              leftSection={<Icon name="external" />}
            >
              {t.open}
            </Button>
          ) : null}
          {mayPublish ? (
            <Button disabled={(preview.data?.reasons.length ?? 0) > 0} onClick={() => setPublishing(true)}>
              {t.publish}
            </Button>
          ) : null}
        </>
      }
    >
      <Loaded read={status}>{(data) => <PageState status={data} />}</Loaded>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => navigate({ to: '.', search: (before: object) => ({ ...before, tab: next }) })}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="preview">{t.preview}</Tabs.Tab>
          <Tabs.Tab value="texts">{t.texts}</Tabs.Tab>
          <Tabs.Tab value="editions">{t.editions}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="preview">
          <Loaded read={preview}>{(data) => <Preview preview={data} />}</Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="texts">
          <Texts />
        </Tabs.Panel>
        <Tabs.Panel value="editions">
          <Editions />
        </Tabs.Panel>
      </Tabs>
      {publishing && preview.data ? (
        <PublishForm preview={preview.data} day={me.data?.today ?? ''} onClose={() => setPublishing(false)} />
      ) : null}
    </Page>
  )
}
