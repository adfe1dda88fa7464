import { Button } from '@mantine/core'
import { useTimes } from '../../web/frame/times.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useLanguage } from '../../web/i18n/language.tsx'
import { Icon } from '../../web/ui/icons.tsx'
import { soaMessages } from './messages.ts'

type ReportLinksProps = { programmeId: string; versionId?: string }

/** The statement as a file, in the language and as of the day in view. */
export function ReportLinks({ programmeId, versionId }: ReportLinksProps) {
  const t = useWords(soaMessages)
  const times = useTimes()
  const { language } = useLanguage()
  const query = new URLSearchParams({
    ...{ language, programme: programmeId },
    ...(versionId ? { version: versionId } : {}),
    ...times,
  })
  return (
    <Button
      variant="default"
      component="a"
      leftSection={<Icon name="download" />}
      href={`/api/reports/statement-of-applicability/pdf?${query}`}
      download
    >
      {t.pdf}
    </Button>
  )
}
