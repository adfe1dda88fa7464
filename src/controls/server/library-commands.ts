import { z } from 'zod'
import type { Context } from '../../db/context.ts'
import { saveAll } from '../../db/save.ts'
import { libraryVersionSchema } from '../../frameworks/library.ts'
import type { Command } from '../../kernel/command.ts'
import { fieldProblem, Problem, refuseInvalid } from '../../kernel/error.ts'
import { type Control, control } from '../control.ts'
import { linkProblems } from '../links.ts'
import { allControls } from './queries.ts'

const takeInput = z.strictObject({
  /** The version as the reader saw it announced: another one may be shipped by now. */
  library: libraryVersionSchema,
  controls: z
    .array(control.schema.pick({ id: true, version: true }))
    .min(1)
    .max(200),
})

type TakeInput = z.output<typeof takeInput>

/**
 * Has the links of the shipped version of the library hold for adopted controls, in place of those of the version that
 * they were adopted from. Their words stay as they are.
 */
export const takeLibrary: Command<Context, TakeInput, { items: Control[] }> = {
  kind: 'command',
  noun: 'control',
  action: 'take_library',
  input: takeInput,
  output: z.strictObject({ items: z.array(control.schema) }),
  scope: () => 'organisation',
  async run(ctx, { library: wanted, controls }) {
    const { library } = ctx.catalogue
    if (wanted !== library.version)
      throw new Problem('conflict', 'control.library_moved', { version: library.version })
    const existing = await allControls(ctx)
    const taken: Control[] = []
    const problems = controls.flatMap(({ id, version }, index) => {
      const one = existing.find((each) => each.id === id)
      const at = `/controls/${index}`
      if (!one) return [fieldProblem(at, 'record.reference_unknown')]
      if (one.libraryId === null) return [fieldProblem(at, 'control.not_adopted')]
      if (one.retiredOn !== null) return [fieldProblem(at, 'control.retired', { day: one.retiredOn })]
      if (one.libraryVersion === library.version)
        return [fieldProblem(at, 'control.library_taken', { version: library.version })]
      taken.push({ ...one, version, libraryVersion: library.version })
      return []
    })
    refuseInvalid(problems)
    // A group of the organisation's own may lean on a link that the new version no longer has.
    const after = [...new Map([...existing, ...taken].map((one) => [one.id, one])).values()]
    const stands = (one: Control, all: readonly Control[]) =>
      !linkProblems(one, all, ctx.catalogue).some(({ code }) => code === 'control.together_without_link')
    refuseInvalid(
      after
        .filter((one) => one.together.length > 0 && !stands(one, after) && stands(one, existing))
        .map((one) => fieldProblem('/controls', 'control.library_breaks_group', { code: one.code })),
    )
    const reason = `Library ${library.version}`
    return { items: await saveAll(ctx, control, 'control.library_taken', taken, reason) }
  },
}
