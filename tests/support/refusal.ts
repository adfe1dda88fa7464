import { Problem } from '../../src/kernel/error.ts'

/** Why something was refused; anything else that it ends with is the test's failure. */
export const refusal = async (work: Promise<unknown>): Promise<Problem> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Problem) return error
  throw error ?? new Error('nothing was refused')
}
