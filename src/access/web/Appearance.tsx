import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useLanguage } from '../../web/i18n/language.tsx'
import { shellMessages } from '../../web/i18n/messages.ts'
import { Section } from '../../web/ui/Page.tsx'
import { accessMessages } from './messages.ts'

/** How this browser shows Assay; kept here, not on the server. */
export function Appearance() {
  const t = useWords(accessMessages)
  const shell = useWords(shellMessages)
  const { language, setLanguage } = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <>
      <Section title={t.settings.languageLabel}>
        <SegmentedControl
          aria-label={t.settings.languageLabel}
          value={language}
          data={[
            { value: 'en', label: 'English' },
            { value: 'ja', label: '日本語' },
          ]}
          onChange={(next) => setLanguage(next === 'ja' ? 'ja' : 'en')}
        />
      </Section>
      <Section title={t.settings.theme}>
        <SegmentedControl
          aria-label={t.settings.theme}
          value={colorScheme}
          data={(['auto', 'light', 'dark'] as const).map((value) => ({
            value,
            label: shell.bar.themes[value],
          }))}
          onChange={(next) => setColorScheme(next === 'light' || next === 'dark' ? next : 'auto')}
        />
      </Section>
    </>
  )
}
