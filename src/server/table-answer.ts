import { setImmediate } from 'node:timers/promises'
import type { FieldProblem } from '../kernel/error.ts'
import type { Language } from '../kernel/language.ts'
import type { ImportResult } from '../tabular/import-result.ts'
import { problemText } from './problem-details.ts'

type Rows = ImportResult['rows']

// Rows in an answer that is sent at once: more of them are asked for line by line.
const mostAtOnce = 10_000

// Faulty rows of which every fault is told. Of further ones the first is: such a file has to be made anew anyway.
const mostInFull = 5_000

// Rows in a line.
const portion = 500

const withText = (problem: FieldProblem, language: Language) => ({
  pointer: problem.pointer,
  code: problem.code,
  detail: problemText(problem.code, problem.params ?? {}, language),
})

/** Rows for people, one after another: every problem with its text. */
function explainer(language: Language) {
  let faulty = 0
  return (row: Rows[number]) => {
    if (row.problems.length > 0) faulty += 1
    const told = faulty > mostInFull ? row.problems.slice(0, 1) : row.problems
    return { ...row, problems: told.map((problem) => withText(problem as FieldProblem, language)) }
  }
}

/** What is said of the file as a whole. */
const summary = (
  { applied, counts, unknownColumns }: ImportResult,
  notes: readonly FieldProblem[],
  language: Language,
) => ({ applied, counts, unknownColumns, notes: notes.map((note) => withText(note, language)) })

/** The answer at once. Of a large file not every row is in it: those with errors come first. */
export function wholeAnswer(result: ImportResult, notes: readonly FieldProblem[], language: Language) {
  const { rows } = result
  const explained = explainer(language)
  const shown =
    rows.length <= mostAtOnce
      ? rows
      : [
          ...rows.filter((row) => row.problems.length > 0),
          ...rows.filter((row) => row.problems.length === 0),
        ].slice(0, mostAtOnce)
  return {
    ...summary(result, notes, language),
    rows: shown.map((row) => explained(row)),
    rowsLeftOut: rows.length - shown.length,
  }
}

/** The same in lines: some rows in each, every row of the file in one of them, and what is said of the whole at the end. */
export async function* answerLines(
  result: ImportResult,
  notes: readonly FieldProblem[],
  language: Language,
): AsyncGenerator<object> {
  const explained = explainer(language)
  for (let at = 0; at < result.rows.length; at += portion) {
    yield { rows: result.rows.slice(at, at + portion).map((row) => explained(row)) }
    await setImmediate()
  }
  yield { result: summary(result, notes, language) }
}
