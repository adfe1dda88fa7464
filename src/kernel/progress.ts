/** What a long piece of work is at, in the order in which it gets there. */
export const stages = ['reading', 'checking', 'writing', 'recording', 'committing'] as const
export type Stage = (typeof stages)[number]

/** How far a stage is: units done, of how many where that is known, and the share of its work from 0 to 1. */
export type Standing = { stage: Stage; done: number; total: number | null; share: number }

/**
 * Told by long work how far it is. Each of these lets others have their turn, and throws once the work is called off: what
 * has been done in the transaction so far is then undone.
 */
export type Progress = {
  /** Enters a stage of so many units; null where nobody knows yet. */
  begin(stage: Stage, total: number | null): Promise<void>
  /** So many more units of the stage are done; the parts of a unit count as well. */
  step(by: number): Promise<void>
  /** Where the total is not known: units done by now, and the share of the work that they are. */
  reach(done: number, share: number): Promise<void>
}

const nothing = async (): Promise<void> => undefined

/** Of work that nobody watches: it says nothing and waits for nobody. */
export const unwatched: Progress = { begin: nothing, step: nothing, reach: nothing }

type Watch = {
  tell(standing: Standing): void
  /** Gives others their turn; throws when the work has been called off. */
  pause(): Promise<void>
}

/** The progress of work that somebody watches: never backwards, and never beyond the total. */
export function watched({ tell, pause }: Watch): Progress {
  let stage: Stage = stages[0]
  let total: number | null = null
  let done = 0
  let share = 0
  const say = async () => {
    // Thirds of a row add up to a little less than a row.
    const whole = Math.floor(done + 1e-6)
    await pause()
    tell({ stage, done: total === null ? whole : Math.min(whole, total), total, share })
  }
  return {
    async begin(next, units) {
      stage = next
      total = units
      done = 0
      share = 0
      await say()
    },
    async step(by) {
      done += by
      if (total !== null) share = total === 0 ? 1 : Math.min(1, done / total)
      await say()
    },
    async reach(now, part) {
      done = Math.max(done, now)
      share = Math.max(share, Math.min(1, part))
      await say()
    },
  }
}

// Units between two turns of others: some ten milliseconds of work.
const slice = 200

/**
 * Does something with each of many rows, in slices. `share` is the part of a row's work in the stage that this is, where
 * rows are gone through more than once.
 */
export async function eachRow<In, Out>(
  { progress, rows, share = 1 }: { progress: Progress; rows: readonly In[]; share?: number },
  work: (row: In, index: number) => Out | Promise<Out>,
): Promise<Out[]> {
  const all: Out[] = []
  for (const [index, row] of rows.entries()) {
    all.push(await work(row, index))
    const since = (index % slice) + 1
    if (since === slice || index === rows.length - 1) await progress.step(since * share)
  }
  return all
}
