import { Link } from '@tanstack/react-router'
import { useRead } from '../../web/data.ts'
import { useEntityScope } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Empty } from '../../web/ui/Empty.tsx'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Count, Page, Section } from '../../web/ui/Page.tsx'
import { Breaks } from './Breaks.tsx'
import { Legend, Matrix } from './Matrix.tsx'
import { postureMessages } from './messages.ts'
import { ProgrammeLines } from './ProgrammeLines.tsx'
import type { OverviewAnswer } from './shapes.ts'
import { useWithinScope } from './within.ts'

/** Where every programme stands on the day in view: as a whole, at each unit, and what will break its next audit. */
export function PosturePage() {
  const t = useWords(postureMessages)
  const format = useFormat()
  const within = useWithinScope()
  const scope = useEntityScope()
  const read = useRead<OverviewAnswer>('/api/posture')
  const all = <Link to="/app/programmes">{t.all}</Link>
  return (
    <Page title={t.title} wide lead={t.lead} actions={all}>
      <Loaded read={read}>
        {({ programmes, day }) => {
          const shown = programmes.filter((one) => one.units.some((unit) => within(unit.entityId)))
          if (shown.length === 0)
            return (
              <Empty title={t.empty} action={all}>
                {scope ? t.emptyHere : t.emptyText}
              </Empty>
            )
          return (
            <>
              <Section title={t.programmes} beside={<Count>{format.number(shown.length)}</Count>}>
                <ProgrammeLines programmes={shown} day={day} />
              </Section>
              <Section title={t.matrix} beside={<Legend />}>
                <Matrix programmes={shown} day={day} />
              </Section>
              <Section title={t.breaks.title}>
                <Breaks limit={200} first={12} />
              </Section>
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}
