import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { DatePicker, DatesProvider } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import 'dayjs/locale/ja'
import { useState } from 'react'
import type { Day } from '../../kernel/day.ts'
import { useWords } from '../i18n/catalogue.ts'
import { useFormat } from '../i18n/format.ts'
import { shellMessages } from '../i18n/messages.ts'
import type { Times } from './times.ts'

type TimeFormProps = { today: Day; times: Times; onChoose: (times: Times) => void }

/** Local date and time of a form field to an instant, and back. */
const toInstant = (local: string) => new Date(local).toISOString()
const toLocal = (instant: string) => {
  const date = new Date(instant)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export default function TimeForm({ today, times, onChoose }: TimeFormProps) {
  const t = useWords(shellMessages)
  const { language } = useFormat()
  const [day, setDay] = useState<Day>(times.asOf ?? today)
  const [known, setKnown] = useState(times.knownAt ? toLocal(times.knownAt) : '')
  const choose = () =>
    onChoose({ ...(day === today ? {} : { asOf: day }), ...(known ? { knownAt: toInstant(known) } : {}) })
  return (
    <Stack gap="sm" w={264}>
      <Text size="sm" c="dimmed">
        {t.time.explain}
      </Text>
      <DatesProvider settings={{ locale: language, firstDayOfWeek: language === 'ja' ? 0 : 1 }}>
        <DatePicker
          value={day}
          defaultDate={day}
          onChange={(value) => value && setDay(value)}
          size="sm"
          aria-label={t.time.day}
        />
      </DatesProvider>
      <TextInput
        type="datetime-local"
        label={t.time.known}
        description={t.time.knownExplain}
        value={known}
        onChange={(event) => setKnown(event.currentTarget.value)}
      />
      <Group justify="space-between">
        <Button variant="default" onClick={() => onChoose({})}>
          {t.time.back}
        </Button>
        <Button onClick={choose}>{t.time.apply}</Button>
      </Group>
    </Stack>
  )
}
