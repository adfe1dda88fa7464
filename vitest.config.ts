import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const server = [
  'src/**/server/**/*.test.ts',
  'src/db/**/*.test.ts',
  'src/server/**/*.test.ts',
  'src/cli/**/*.test.ts',
  'src/adapters/**/*.test.ts',
  'tests/integration/**/*.test.ts',
]

/**
 * What another PostgreSQL may answer otherwise: migrations and row-level security, the log, and the commands, queries
 * and jobs, which speak to the database in its own words. All the rest asks these, and the embedded server has shown it
 * already.
 */
const byEngine = [
  'src/*/server/*.test.ts',
  'src/db/**/*.test.ts',
  'src/server/archive/**/*.test.ts',
  'src/server/programme/**/*.test.ts',
  'src/server/jobs.test.ts',
  'tests/integration/{schema,borders,replay}.test.ts',
]
const isOtherEngine = process.env.ASSAY_TEST_DATABASE_URL !== undefined

export default defineConfig({
  test: {
    // While one file waits for a database or a browser another can work, on two processors too.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Tests of days and zones must not depend on the machine.
    env: { TZ: 'UTC' },
    projects: [
      {
        extends: true,
        test: {
          name: 'core',
          include: [
            'src/**/*.test.{ts,tsx}',
            'packages/**/*.test.ts',
            'scripts/**/*.test.ts',
            'tests/*.test.ts',
          ],
          exclude: [...server, '**/node_modules/**'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: isOtherEngine ? byEngine : server,
          exclude: [...(isOtherEngine ? ['src/db/embedded.test.ts'] : []), '**/node_modules/**'],
          // Each file has a database of its own; what it imports is loaded once for all that run in the same process.
          isolate: false,
          globalSetup: ['tests/support/postgres.ts'],
          // Long enough for a busy machine; a test that passes never waits for it.
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
