import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { TextField } from '../../web/form/fields.tsx'
import { useForm } from '../../web/form/useForm.ts'
import { useMe } from '../../web/frame/me.ts'
import { useIsPast } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Doing } from '../../web/ui/Doing.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { blocking } from '../gaps.ts'
import { soaMessages } from './messages.ts'
import type { Version } from './shapes.ts'

type Act = 'renewals' | 'approval' | 'withdrawal'

/** Why the reader cannot approve this version now; null when they can. */
function useApprovalReason(version: Version): string | null {
  const t = useWords(soaMessages)
  const past = useIsPast()
  const me = useMe().data?.person?.id
  if (past) return t.approveNot.past
  if (me !== undefined && version.authorIds.includes(me)) return t.approveNot.own
  if (!version.abilities.includes('approve')) return t.approveNot.role
  return version.gaps.some((gap) => blocking.has(gap.kind)) ? t.approveNot.gaps : null
}

/** What may be done with a version: renewed while a draft, approved by another person, withdrawn with a reason. */
export function VersionActions({ version }: { version: Version }) {
  const t = useWords(soaMessages)
  const past = useIsPast()
  const [act, setAct] = useState<Act | null>(null)
  const reason = useApprovalReason(version)
  const can = (ability: string) => !past && version.abilities.includes(ability)
  return (
    <>
      {can('withdraw') ? (
        <Doing plain reason={null} onClick={() => setAct('withdrawal')}>
          {t.withdraw}
        </Doing>
      ) : null}
      {can('renew') ? (
        <Doing plain reason={null} onClick={() => setAct('renewals')}>
          {t.renew}
        </Doing>
      ) : null}
      {version.state === 'draft' ? (
        <Doing reason={reason} onClick={() => setAct('approval')}>
          {t.approve}
        </Doing>
      ) : null}
      {act === null ? null : <ActForm version={version} act={act} onClose={() => setAct(null)} />}
    </>
  )
}

type ActFormProps = { version: Version; act: Act; onClose: () => void }

/** Says exactly what will happen, and asks for a reason where the log needs one. */
function ActForm({ version, act, onClose }: ActFormProps) {
  const t = useWords(soaMessages)
  const format = useFormat()
  const form = useForm<{ reason: string }, unknown>({
    initial: { reason: '' },
    save: ({ reason }, idempotencyKey) =>
      call('POST', `/api/statement-versions/${version.id}/${act}`, {
        body: act === 'withdrawal' ? { reason } : {},
        version: version.version,
        idempotencyKey,
      }),
    onSaved: () => {
      if (act === 'approval') notifications.show({ message: t.approved })
      onClose()
    },
  })
  const words = {
    renewals: { title: t.renew, text: t.renewText },
    approval: { title: t.approve, text: t.approveText(format.number(version.number)) },
    withdrawal: { title: t.withdraw, text: t.withdrawText },
  }[act]
  const { values, set, error } = form
  return (
    <FormDrawer
      title={words.title}
      form={form}
      onClose={onClose}
      saveLabel={words.title}
      danger={act === 'withdrawal'}
    >
      <Notice tone="partial" calm>
        {words.text}
      </Notice>
      {act === 'withdrawal' ? (
        <TextField
          label={t.reason}
          required
          lines
          value={values.reason}
          onChange={(reason) => set('reason', reason)}
          error={error('/reason')}
        />
      ) : null}
    </FormDrawer>
  )
}
