import { Button, Textarea } from '@mantine/core'
import { useWords } from '../../../web/i18n/catalogue.ts'
import { useFormat } from '../../../web/i18n/format.ts'
import { FileDrop } from '../../../web/ui/FileDrop.tsx'
import { Icon } from '../../../web/ui/icons.tsx'
import { Failure, Notice } from '../../../web/ui/Notice.tsx'
import { Section } from '../../../web/ui/Page.tsx'
import { Compared } from './Compared.tsx'
import { programmeMessages } from './messages.ts'
import { PlanList } from './PlanList.tsx'
import css from './programme.module.css'
import { Refused } from './Refused.tsx'
import { changesIn } from './shapes.ts'
import { useProgramme } from './useProgramme.ts'

/** Takes a programme file with what it names, shows what it would change, and applies it when told to. */
export function ApplyProgramme() {
  const t = useWords(programmeMessages)
  const format = useFormat()
  const programme = useProgramme()
  const { text, files, compare, apply, take } = programme
  const busy = compare.isPending || apply.isPending
  if (apply.data) {
    return (
      <Section title={t.apply}>
        <div className={css.stack}>
          <Notice tone="met">{t.done(format.number(changesIn(apply.data)))}</Notice>
          <PlanList plan={apply.data} />
          <div>
            <Button variant="default" onClick={programme.restart}>
              {t.startAgain}
            </Button>
          </div>
        </div>
      </Section>
    )
  }
  return (
    <Section title={t.apply}>
      <div className={css.stack}>
        <FileDrop
          title={t.drop}
          hint={t.dropHint}
          choose={t.choose}
          multiple
          disabled={busy}
          onFiles={(dropped) => take.mutate(dropped)}
        />
        {take.isPending ? (
          <p className="quiet" role="status">
            {t.wait}
          </p>
        ) : null}
        {take.error ? <Failure error={take.error} /> : null}
        {programme.tooLarge.map(({ name, limit }) => (
          <Notice key={name} tone="partial">
            {t.tooLarge(name, format.bytes(limit))}
          </Notice>
        ))}
        <Textarea
          className={css.paste ?? ''}
          label={t.paste}
          spellCheck={false}
          minRows={4}
          value={text}
          disabled={busy}
          onChange={(event) => programme.write(event.currentTarget.value)}
        />
        {files.length > 0 ? (
          <ul className={css.given}>
            {files.map(({ path, digest, bytes }) => (
              <li key={`${path} ${digest}`}>
                <Icon name="file" size={12} /> {path}{' '}
                <span className="quiet">{format.bytes(bytes.size)}</span>
              </li>
            ))}
          </ul>
        ) : null}
        <div className={css.row}>
          <Button
            disabled={text.trim() === ''}
            loading={compare.isPending}
            variant={compare.data ? 'default' : 'filled'}
            onClick={() => compare.mutate([text, files])}
          >
            {t.plan}
          </Button>
          {text !== '' || files.length > 0 ? (
            <Button variant="subtle" color="gray" disabled={busy} onClick={programme.restart}>
              {t.startAgain}
            </Button>
          ) : null}
        </div>
        {compare.error ? <Refused error={compare.error} /> : null}
        {compare.data ? <Compared compared={compare.data} programme={programme} /> : null}
      </div>
    </Section>
  )
}
