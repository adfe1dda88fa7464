import { Checkbox } from '@mantine/core'
import type { Day } from '../../kernel/day.ts'
import type { Id } from '../../kernel/id.ts'
import { call } from '../../web/client.ts'
import { FormDrawer } from '../../web/form/FormDrawer.tsx'
import { DayField, TextField } from '../../web/form/fields.tsx'
import { type Form, useForm } from '../../web/form/useForm.ts'
import { useDay } from '../../web/frame/day.ts'
import { useWords } from '../../web/i18n/catalogue.ts'
import { useFormat } from '../../web/i18n/format.ts'
import { Notice } from '../../web/ui/Notice.tsx'
import { leaveMessages } from './leave-messages.ts'
import { peopleMessages } from './messages.ts'
import { PersonSelect } from './PersonSelect.tsx'
import css from './people.module.css'
import type { ShownPerson } from './shapes.ts'
import { type Belongings, useBelongings } from './useBelongings.ts'

type Values = {
  on: Day | null
  successor: Id | null
  successors: Readonly<Record<string, Id>>
  leftOver: 'refuse' | 'list'
  reason: string
}

/**
 * Ends somebody's part on a day and hands everything that is theirs to others, in one step: with all of it, by kind, or
 * left on the list of what waits. Nothing happens where something would be forgotten.
 */
export function LeaveForm({ person, onClose }: { person: ShownPerson; onClose: () => void }) {
  const t = useWords(leaveMessages)
  const words = useWords(peopleMessages)
  const format = useFormat()
  const theirs = useBelongings(person.id)
  const form = useForm<Values, unknown>({
    initial: { on: useDay(), successor: null, successors: {}, leftOver: 'refuse', reason: '' },
    save: (body, idempotencyKey) =>
      call('POST', `/api/people/${person.id}/departure`, { body, version: person.version, idempotencyKey }),
    onSaved: onClose,
  })
  const { values, set, error } = form
  return (
    <FormDrawer
      title={t.title(format.text(person.name))}
      form={form}
      onClose={onClose}
      saveLabel={t.leave}
      danger
    >
      <Notice tone="partial">{words.leaveText}</Notice>
      <DayField
        label={t.on}
        hint={t.onHint}
        required
        value={values.on}
        onChange={(on) => set('on', on)}
        error={error('/on')}
      />
      {theirs ? <Successors form={form} theirs={theirs} except={person.id} /> : null}
      <TextField
        label={words.reason}
        required
        lines
        value={values.reason}
        onChange={(reason) => set('reason', reason)}
        error={error('/reason')}
      />
    </FormDrawer>
  )
}

type SuccessorsProps = { form: Form<Values>; theirs: Belongings; except: Id }

/** Who takes over what: one for everything, and another for each kind where it is somebody else. */
function Successors({ form: { values, set, error }, theirs, except }: SuccessorsProps) {
  const t = useWords(leaveMessages)
  const format = useFormat()
  const { successor, successors } = values
  const kinds = Object.entries(theirs.byNoun)
  const waiting = kinds.reduce((sum, [noun, count]) => (successors[noun] || successor ? sum : sum + count), 0)
  const choose = (noun: string, to: Id | null) => {
    const { [noun]: _, ...rest } = successors
    set('successors', to === null ? rest : { ...rest, [noun]: to })
  }
  return (
    <fieldset className={css.successors}>
      <legend>{t.belongs(format.number(theirs.count))}</legend>
      <PersonSelect
        label={t.everything}
        nobody={t.noSuccessor}
        value={successor}
        onChange={(to) => set('successor', to)}
        error={error('/successor') ?? error('/to')}
        except={except}
      />
      {kinds.length > 1 ? (
        <table className={css.kinds}>
          <thead>
            <tr>
              <th scope="col">{t.kind}</th>
              <th scope="col">{t.count}</th>
              <th scope="col">{t.other}</th>
            </tr>
          </thead>
          <tbody>
            {kinds.map(([noun, count]) => (
              <tr key={noun}>
                <th scope="row">{t.kinds[noun] ?? noun}</th>
                <td className="tabular">{format.number(count)}</td>
                <td>
                  <PersonSelect
                    label={t.successorOf(t.kinds[noun] ?? noun)}
                    bare
                    small
                    nobody={successor ? t.same : t.noSuccessor}
                    value={successors[noun] ?? null}
                    onChange={(to) => choose(noun, to)}
                    error={error(`/successors/${noun}`)}
                    except={except}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <Checkbox
        label={t.leftOver(format.number(waiting))}
        description={t.leftOverHint}
        disabled={waiting === 0 && values.leftOver === 'refuse'}
        checked={values.leftOver === 'list'}
        onChange={({ currentTarget: { checked } }) => set('leftOver', checked ? 'list' : 'refuse')}
      />
    </fieldset>
  )
}
