import { Button, FileButton } from '@mantine/core'
import { useWords } from '../../../web/i18n/catalogue.ts'
import { useFormat } from '../../../web/i18n/format.ts'
import { Notice } from '../../../web/ui/Notice.tsx'
import { programmeMessages } from './messages.ts'
import { PlanList } from './PlanList.tsx'
import css from './programme.module.css'
import { Refused } from './Refused.tsx'
import { changesIn, type Plan } from './shapes.ts'
import type { useProgramme } from './useProgramme.ts'

type Programme = ReturnType<typeof useProgramme>
type ComparedProps = { compared: NonNullable<Programme['compare']['data']>; programme: Programme }

/** What the comparison found: files that are not here, what would change, and the way to do it. */
export function Compared({ compared: { request, plan }, programme }: ComparedProps) {
  const t = useWords(programmeMessages)
  const format = useFormat()
  const { apply, sending, takeFor } = programme
  // A digest that the server lacks and that no file here has: its bytes are elsewhere.
  const elsewhere = Object.keys(request.files).filter((path) => {
    const digest = request.files[path] ?? ''
    return plan?.missing.includes(digest) && !request.bytes.has(digest)
  })
  const absent = [...request.absent.includes, ...request.absent.files, ...elsewhere]
  const toSend = (plan?.missing ?? []).flatMap((digest) => request.bytes.get(digest) ?? [])
  const size = toSend.reduce((sum, one) => sum + one.bytes.size, 0)
  return (
    <>
      {absent.length > 0 ? (
        <section aria-label={t.missing(format.number(absent.length))}>
          <Notice tone="partial">
            <strong>{t.missing(format.number(absent.length))}</strong>
            <br />
            {plan ? t.missingText : t.missingFirst}
          </Notice>
          <ul className={css.missing}>
            {absent.map((path) => (
              <li key={path}>
                <code>{path}</code>
                <FileButton onChange={(file) => file && takeFor(path, file)}>
                  {(props) => (
                    <Button
                      variant="default"
                      size="compact-xs"
                      {...props}
                      aria-label={`${t.chooseFile}: ${path}`}
                    >
                      {t.chooseFile}
                    </Button>
                  )}
                </FileButton>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {plan ? (
        <>
          <Verdict plan={plan} />
          <PlanList plan={plan} />
          {toSend.length > 0 ? (
            <p className="quiet">{t.toSend(format.number(toSend.length), format.bytes(size))}</p>
          ) : null}
          {apply.error ? <Refused error={apply.error} /> : null}
          {sending ? (
            <p className="quiet" role="status">
              {t.sending(sending)}
            </p>
          ) : null}
          {changesIn(plan) > 0 ? (
            <div>
              <Button
                disabled={absent.length > 0}
                loading={apply.isPending}
                onClick={() => apply.mutate({ request, plan })}
              >
                {t.applyNow(format.number(changesIn(plan)))}
              </Button>
            </div>
          ) : null}
        </>
      ) : null}
    </>
  )
}

/** How many changes, and those of them that others see or that are done in the reader's own name. */
function Verdict({ plan }: { plan: Plan }) {
  const t = useWords(programmeMessages)
  const format = useFormat()
  const count = changesIn(plan)
  const made = plan.changes.filter(({ action }) => action === 'create')
  const days = made.filter(({ noun }) => noun === 'publication').map(({ key }) => format.day(key))
  const reviews = made.filter(({ noun }) => noun === 'review').length
  if (count === 0) return <Notice tone="unknown">{t.same}</Notice>
  return (
    <div>
      <Notice tone="accent">{t.ready(format.number(count))}</Notice>
      {reviews > 0 ? <Notice tone="partial">{t.reviews(format.number(reviews))}</Notice> : null}
      {days.length > 0 ? <Notice tone="partial">{t.publishes(format.list(days))}</Notice> : null}
    </div>
  )
}
