import { Link } from '@tanstack/react-router'
import type { EditionSummary } from '../../frameworks/web/shapes.ts'
import type { EntityAnswer, List, ServiceAnswer } from '../../organisation/web/shapes.ts'
import type { ProgrammeAnswer } from '../../programmes/web/shapes.ts'
import { useRead } from '../../web/data.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { Loaded } from '../../web/ui/Loaded.tsx'
import { Notice } from '../../web/ui/Notice.tsx'
import { AdoptControls } from './AdoptControls.tsx'
import { BeginProgrammes } from './BeginProgrammes.tsx'
import { onboardingMessages } from './messages.ts'
import type { Beginning } from './shapes.ts'

/** Programmes for the chosen editions, and then the common controls that these need. */
export function FrameworksStep({ beginning }: { beginning: Beginning }) {
  const t = useWords(onboardingMessages)
  const editions = useRead<List<EditionSummary>>('/api/frameworks')
  const programmes = useRead<List<ProgrammeAnswer>>('/api/programmes')
  const entities = useRead<List<EntityAnswer>>('/api/entities').data?.items ?? []
  const services = useRead<List<ServiceAnswer>>('/api/services').data?.items ?? []
  return (
    <Loaded read={editions}>
      {({ items }) => (
        <Loaded read={programmes}>
          {({ items: begun }) => {
            const running = begun.filter((one) => one.endedOn === null)
            return (
              <>
                <h3>{t.frameworks.editions}</h3>
                {entities.length === 0 ? (
                  <Notice tone="unknown">{t.frameworks.needsEntity}</Notice>
                ) : (
                  <BeginProgrammes
                    editions={items.filter((one) => one.requirements === 'full' && one.status === 'current')}
                    begun={new Set(running.map((one) => one.edition))}
                    keys={new Set(begun.map((one) => one.key))}
                    {...{ beginning, entities, services }}
                  />
                )}
                <p>
                  <Link to="/app/programmes">{t.frameworks.older}</Link>
                </p>
                <h3>{t.frameworks.controls}</h3>
                <AdoptControls editions={new Set(running.map((one) => one.edition))} />
              </>
            )
          }}
        </Loaded>
      )}
    </Loaded>
  )
}
