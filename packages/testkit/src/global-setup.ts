import { ensureDovecot } from '@atermtrack/servers'
import type { TestProject } from 'vitest/node'
import { startTestServers, type TestServers } from './servers/servers-for-tests.ts'

let servers: TestServers | undefined

/** Starts the servers that all integration tests of a run share; tests get their addresses by inject(). */
export async function setup(project: TestProject): Promise<void> {
  // Here, because an installation would outlast a test's time limit. If it fails, the mail tests fail by themselves.
  await ensureDovecot().catch((error: Error) => project.vitest.logger.error(error.message))
  servers = await startTestServers()
  project.provide('postgresUrl', servers.postgresUrl)
  project.provide('redisUrl', servers.redisUrl)
}

export async function teardown(): Promise<void> {
  await servers?.[Symbol.asyncDispose]()
}
