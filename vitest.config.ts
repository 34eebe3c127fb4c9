import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './packages/testkit/src/time-budget/longest-first.ts'
import { timeBudgetReporter } from './packages/testkit/src/time-budget/time-budget-reporter.ts'

// One alias sends every workspace import to its source, so tests need no build of the packages they read.
// Worker threads and child processes do run from dist: `npm test` builds first.
const alias = [
  { find: '@atermtrack/data/staging', replacement: `${import.meta.dirname}/packages/data/src/staging.ts` },
  {
    find: /^@atermtrack\/workbook-reader\/(package|settings)$/,
    replacement: `${import.meta.dirname}/packages/workbook-reader/src/$1.ts`,
  },
  {
    find: /^@atermtrack\/(domain|data|exports|messages|pictures|queue|outbox|runtime|servers|settings|testkit|workbook-reader|workbook-writer)$/,
    replacement: `${import.meta.dirname}/packages/$1/src/index.ts`,
  },
  { find: '@atermtrack/sandbox', replacement: `${import.meta.dirname}/tools/sandbox/src/index.ts` },
]

/** Seconds that a file of each project may take on an idle machine, unless it declares more (see CONTRIBUTING.md). */
const budgets = { unit: 5, integration: 30, long: 90 }
const isFull = process.env['TEST_LENGTH'] === 'full'
/** Where the results are written in JSON as well. */
const resultsFile = process.env['TEST_RESULTS']
const json: ['json', { outputFile: string }][] =
  resultsFile === undefined ? [] : [['json', { outputFile: resultsFile }]]

const onServers = {
  // Tests leave things behind in servers and processes alone, and the fixtures clear them. Loading the modules for each
  // file would take as long as the tests.
  isolate: false,
  runner: './packages/testkit/src/loading/loading-runner.ts',
  exclude: ['**/dist/**'],
  globalSetup: ['packages/testkit/src/global-setup.ts'],
  testTimeout: 120_000,
  hookTimeout: 180_000,
}

export default defineConfig({
  resolve: { alias },
  test: {
    // Most of the time a test waits for processes and limits; one more worker than cores fills that time.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    reporters: [
      'default',
      // At full length the time of a file is no promise.
      ...(isFull ? [] : [timeBudgetReporter({ budgets, root: import.meta.dirname })]),
      ...json,
    ],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Pure functions leave nothing behind: their modules are loaded once for all files.
          isolate: false,
          include: ['*/*/src/**/*.test.ts', 'bench/src/**/*.test.ts'],
          exclude: ['**/*.int.test.ts', '**/*.long.test.ts', '**/dist/**'],
          // Properties try hundreds of inputs, on a busy machine for longer than the default of 5 s.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // It imports JSON as bundlers read it and Node does not.
          server: { deps: { inline: ['@actions/workflow-parser'] } },
        },
      },
      {
        extends: true,
        test: {
          ...onServers,
          name: 'integration',
          include: ['*/*/src/**/*.int.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...onServers,
          name: 'long',
          include: ['*/*/src/**/*.long.test.ts'],
        },
      },
    ],
  },
})
