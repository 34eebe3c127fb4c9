import { ConfigError, type Env, growHeapSlowly, readConfig, runMain } from '@atermtrack/runtime'
import { readingEnv, readingSettings } from '@atermtrack/workbook-reader/settings'
import { openWorkbookReaders } from './importing/workbook-readers.ts'

await runMain(async () => {
  growHeapSlowly()
  // A reader takes as long to be ready as the rest of the service, so it is started before that is even loaded.
  await using readers = openWorkbookReaders(limitsFrom(process.env))
  const { runIngester } = await import('./run-ingester.ts')
  await runIngester(readers)
})

/** Undefined where the environment is wrong: the service reports all that is wrong in it at once. */
function limitsFrom(env: Env) {
  try {
    return readingSettings(readConfig(readingEnv, env)).task
  } catch (error) {
    if (error instanceof ConfigError) return undefined
    throw error
  }
}
