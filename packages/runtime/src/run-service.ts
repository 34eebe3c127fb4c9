import type { Logger } from 'pino'
import type { ServiceConfig } from './common-env.ts'
import { type Ending, watchForEnd } from './ending.ts'
import { watchEventLoop } from './event-loop-watch.ts'
import { createHealth, type Health } from './health.ts'
import { createLogger } from './logger.ts'
import { exportProcessMetrics } from './metrics/process-metrics.ts'
import { startOpsServer } from './ops-server.ts'
import { startTracing } from './tracing/tracing.ts'

export interface Service extends Pick<Ending, 'signal'> {
  readonly logger: Logger
  /** Parts are added to it, and one that can never work again in this process fails. */
  readonly health: Pick<Health, 'add' | 'inspect'> & Pick<Ending, 'fail'>
  /** Says that everything is started, and resolves when the process is to stop. */
  readonly untilEnd: () => Promise<void>
}

export interface ServiceOptions
  extends
    Pick<ServiceConfig, 'logLevel' | 'opsPort' | 'opsHost' | 'shutdownMs' | 'secrets'>,
    Partial<Pick<ServiceConfig, 'tracesEndpoint'>> {
  readonly service: string
}

/** Beyond the time that the parts have, so that they end by themselves. */
const graceMs = 5_000

/**
 * Runs a service with its logger, its health checks and its end. Health is served before anything else, and `/readyz` is red
 * until `run` waits for the end. An error of `run` ends the process with code 1.
 */
export async function runService(options: ServiceOptions, run: (service: Service) => Promise<void>): Promise<void> {
  const { service, tracesEndpoint: endpoint } = options
  await using tracing = endpoint === undefined ? undefined : await startTracing({ service, endpoint })
  const logger = createLogger({ ...options, level: options.logLevel, ids: tracing?.ids })
  const ending = watchForEnd({ logger, graceMs: options.shutdownMs + graceMs })
  using _watch = watchEventLoop({ logger })
  const health = createHealth({ logger })
  exportProcessMetrics(options)
  let isStarted = false
  health.add('start', async () => {
    if (!isStarted) throw new Error('still starting')
  })
  await using _ops = await startOpsServer({ port: options.opsPort, host: options.opsHost, logger, health })
  async function untilEnd(): Promise<void> {
    isStarted = true
    await ending.ended
  }
  try {
    await run({
      logger,
      signal: ending.signal,
      health: { add: health.add, inspect: health.inspect, fail: ending.fail },
      untilEnd,
    })
  } catch (error) {
    // The cause of the end is logged already, and a stop in the middle of the start is no error.
    if (error !== ending.signal.reason) ending.fail(error)
  }
}
