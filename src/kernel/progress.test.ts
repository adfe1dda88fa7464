import fc from 'fast-check'
import { expect, it } from 'vitest'
import { eachRow, type Standing, unwatched, watched } from './progress.ts'

function watching(refuseAfter = Number.POSITIVE_INFINITY) {
  const told: Standing[] = []
  let pauses = 0
  const progress = watched({
    tell: (standing) => told.push(standing),
    async pause() {
      pauses += 1
      if (pauses > refuseAfter) throw new Error('called off')
    },
  })
  return { told, progress }
}

const steps = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 30 })

it('never goes backwards nor beyond its total, whatever the steps', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1000), steps, async (total, all) => {
      const { told, progress } = watching()
      await progress.begin('checking', total)
      for (const one of all) await progress.step(one)
      for (const [index, { done, share }] of told.entries()) {
        const before = told[index - 1]
        expect(done).toBeGreaterThanOrEqual(before?.done ?? 0)
        expect(share).toBeGreaterThanOrEqual(before?.share ?? 0)
        expect([done <= total, share <= 1, Number.isInteger(done)]).toEqual([true, true, true])
      }
    }),
  )
})

it('counts each row once when rows are gone through in parts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 700 }), async (count) => {
      const { told, progress } = watching()
      const rows = Array.from({ length: count }, (_, at) => at)
      await progress.begin('checking', count)
      for (const share of [0.1, 0.4, 0.3, 0.2]) {
        const done = await eachRow({ progress, rows, share }, (row, index) => row + index)
        expect(done).toEqual(rows.map((row) => row * 2))
      }
      expect(told.at(-1)?.done).toBe(count)
      expect(told.at(-1)?.share).toBeCloseTo(1)
    }),
    { numRuns: 20 },
  )
})

it('begins each stage anew', async () => {
  const { told, progress } = watching()
  await progress.begin('reading', null)
  await progress.reach(70, 0.5)
  // A reader may count less after it has told more: nobody sees that.
  await progress.reach(60, 0.4)
  await progress.begin('checking', 70)
  expect(told.map(({ stage, done, share }) => [stage, done, share])).toEqual([
    ['reading', 0, 0],
    ['reading', 70, 0.5],
    ['reading', 70, 0.5],
    ['checking', 0, 0],
  ])
})

it('stops at the next slice once it is called off', async () => {
  const { progress } = watching(3)
  const rows = Array.from({ length: 10_000 }, (_, at) => at)
  let seen = 0
  await progress.begin('checking', rows.length)
  await expect(
    eachRow({ progress, rows }, () => {
      seen += 1
    }),
  ).rejects.toThrow('called off')
  expect(seen).toBeLessThan(1000)
})

it('costs nothing where nobody watches', async () => {
  expect(await eachRow({ progress: unwatched, rows: [1, 2, 3] }, (row) => row * 2)).toEqual([2, 4, 6])
})
