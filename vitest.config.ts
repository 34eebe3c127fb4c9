import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// One alias sends every workspace import to its source, so tests need no build of the packages they read.
// Worker threads and child processes do run from dist: `npm test` builds first.
const alias = [
  { find: '@atermtrack/data/staging', replacement: `${import.meta.dirname}/packages/data/src/staging.ts` },
  {
    find: '@atermtrack/workbook-reader/settings',
    replacement: `${import.meta.dirname}/packages/workbook-reader/src/settings.ts`,
  },
  {
    find: /^@atermtrack\/(domain|data|messages|queue|runtime|servers|testkit|workbook-reader)$/,
    replacement: `${import.meta.dirname}/packages/$1/src/index.ts`,
  },
  { find: '@atermtrack/sandbox', replacement: `${import.meta.dirname}/tools/sandbox/src/index.ts` },
]

export default defineConfig({
  resolve: { alias },
  test: {
    // Most of the time a test waits for processes and limits; one more worker than cores fills that time.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Pure functions leave nothing behind: their modules are loaded once for all files.
          isolate: false,
          include: ['*/*/src/**/*.test.ts', 'bench/src/**/*.test.ts'],
          exclude: ['**/*.int.test.ts', '**/dist/**'],
          // Properties try hundreds of inputs, on a busy machine for longer than the default of 5 s.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['*/*/src/**/*.int.test.ts'],
          exclude: ['**/dist/**'],
          globalSetup: ['packages/testkit/src/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
