import type { TestProject } from 'vitest/node'
import { startTestServers, type TestServers } from './servers-for-tests.ts'

let servers: TestServers | undefined

/** Starts the servers that all integration tests of a run share; tests get their addresses by inject(). */
export async function setup(project: TestProject): Promise<void> {
  servers = await startTestServers()
  project.provide('postgresUrl', servers.postgresUrl)
  project.provide('redisUrl', servers.redisUrl)
}

export async function teardown(): Promise<void> {
  await servers?.[Symbol.asyncDispose]()
}
