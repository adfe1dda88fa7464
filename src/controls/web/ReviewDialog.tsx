import { Button, Checkbox, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { call } from '../../web/client.ts'
import { useChange } from '../../web/data.ts'
import { useMe } from '../../web/frame/me.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Failure } from '../../web/ui/Notice.tsx'
import css from './controls.module.css'
import { controlMessages } from './messages.ts'
import type { ControlAnswer, Unreviewed } from './shapes.ts'

type Readable = Unreviewed | ControlAnswer

type ReviewDialogProps = { rows: readonly Readable[]; onClose: () => void; onDone: () => void }

const isConfirmed = (row: Readable) =>
  ('review' in row && row.review !== null) || ('retiredOn' in row && row.retiredOn !== null)

/** Confirms words by name: every text that is confirmed stands here to be read, and who says so reads that they did. */
export default function ReviewDialog({ rows, onClose, onDone }: ReviewDialogProps) {
  const t = useWords(controlMessages)
  const format = useFormat()
  const me = useMe().data
  const [read, setRead] = useState(false)
  const open = rows.filter((row) => !isConfirmed(row))
  const skipped = rows.length - open.length
  const review = useChange(() =>
    call<{ changed: number; unchanged: number }>('POST', '/api/controls/reviews', {
      body: { items: open.map(({ id, version }) => ({ id, version })) },
    }),
  )
  const save = () =>
    review.mutate(undefined, {
      onSuccess: ({ changed, unchanged }) => {
        notifications.show({ message: t.bulk.done(format.number(changed), format.number(unchanged)) })
        onDone()
      },
    })
  const [first] = open
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        open.length === 1 && first
          ? t.review.confirmTitle(first.code)
          : t.bulk.reviewTitle(format.number(open.length))
      }
      size={760}
      closeButtonProps={{ 'aria-label': t.bulk.close }}
      classNames={{ body: css.dialog ?? '' }}
    >
      {open.length === 0 ? (
        <p>{t.bulk.reviewNone}</p>
      ) : (
        <p>{t.bulk.reviewLead(format.text(me?.person?.name), format.day(me?.today))}</p>
      )}
      {skipped > 0 && open.length > 0 ? (
        <p className="quiet">{t.bulk.reviewSkipped(format.number(skipped))}</p>
      ) : null}
      {open.length > 0 ? (
        <section
          className={css.shelf}
          // A region that scrolls must be reachable with the keyboard.
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the comment above says why
          tabIndex={0}
          aria-label={t.bulk.reviewTitle(format.number(open.length))}
        >
          {open.map((row) => (
            <article key={row.id} className={css.text}>
              <h3>
                <code>{row.code}</code> {format.text(row.name)}
              </h3>
              <p>{format.text(row.objective)}</p>
              <p className="quiet">{row.practice ? format.text(row.practice) : t.noPractice}</p>
            </article>
          ))}
        </section>
      ) : null}
      {review.error ? <Failure error={review.error} /> : null}
      <div className={css.dialogFoot}>
        {open.length > 0 ? (
          <Checkbox
            size="sm"
            label={t.bulk.read}
            checked={read}
            onChange={(event) => setRead(event.currentTarget.checked)}
          />
        ) : (
          <span />
        )}
        <Button variant="default" onClick={onClose}>
          {open.length > 0 ? t.bulk.cancel : t.bulk.close}
        </Button>
        {open.length > 0 ? (
          <Button disabled={!read} loading={review.isPending} onClick={save}>
            {t.bulk.confirm(format.number(open.length))}
          </Button>
        ) : null}
      </div>
    </Modal>
  )
}
