import { ensureDovecot } from '@atermtrack/servers'
import type { TestProject } from 'vitest/node'
import { startTestServers, type TestServers } from './servers/servers-for-tests.ts'

let servers: TestServers | undefined

/** Starts the servers that all tests of a run share; tests get their addresses by inject(). */
export async function setup({ vitest }: TestProject): Promise<void> {
  // Each project calls this; the first one provides for all.
  if ('postgresUrl' in vitest.getProvidedContext()) return
  // Here, because an installation would outlast a test's time limit. If it fails, the mail tests fail by themselves.
  await ensureDovecot().catch((error: Error) => vitest.logger.error(error.message))
  servers = await startTestServers()
  vitest.provide('postgresUrl', servers.postgresUrl)
  vitest.provide('redisUrl', servers.redisUrl)
  vitest.provide('stoppedPostgres', servers.stoppedPostgres)
}

export async function teardown(): Promise<void> {
  await servers?.[Symbol.asyncDispose]()
}
