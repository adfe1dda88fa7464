import { defineConfig } from 'vitest/config'

const server = [
  'src/**/server/**/*.test.ts',
  'src/db/**/*.test.ts',
  'src/server/**/*.test.ts',
  'src/cli/**/*.test.ts',
  'src/adapters/**/*.test.ts',
  'tests/integration/**/*.test.ts',
]

// On a server of someone else's these would only repeat themselves.
const embedded = process.env.ASSAY_TEST_DATABASE_URL ? ['src/db/embedded.test.ts'] : []

export default defineConfig({
  test: {
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
          include: server,
          exclude: [...embedded, '**/node_modules/**'],
          globalSetup: ['tests/support/postgres.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
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
