export { type BytePlace, type ByteRoom, createByteRoom } from './memory/byte-room.ts'
export { type PartState, probe, type Probe } from './async/probe.ts'
export { resolvesWithin } from './async/resolves-within.ts'
export {
  databaseEnv,
  databaseUrl,
  migrationEnv,
  passwordOf,
  serviceConfig,
  type ServiceConfig,
  serviceEnv,
} from './common-env.ts'
export {
  between,
  ConfigError,
  type Env,
  environmentValues,
  flag,
  list,
  port,
  positiveInteger,
  readConfig,
  requireSet,
  zone,
} from './config.ts'
export { type Health, type HealthCheck, type HealthDetail, type InspectedPart } from './health.ts'
export { type HttpServer, type HttpServerOptions, refuse, startHttpServer } from './http-server.ts'
export { growHeapSlowly } from './memory/heap-growth.ts'
export { logError } from './log-error.ts'
export { createLogger, createRedactor, type LoggerOptions } from './logger.ts'
export { renderMetrics } from './metrics/metric.ts'
export { metrics } from './metrics/metrics.ts'
export { exportConnections, exportProcessMetrics } from './metrics/process-metrics.ts'
export { pathOf } from './request-path.ts'
export { runMain } from './run-main.ts'
export { runService, type Service } from './run-service.ts'
export { type OpenTelemetry, openTelemetry, runningTrace } from './tracing/tracing.ts'
export { waitAtMost, withDeadline } from './timing/deadline.ts'
export { type IntervalOptions, startInterval } from './timing/interval.ts'
export { createRateLimiter } from './timing/rate-limiter.ts'
export { createWindowLimiter } from './timing/window-limiter.ts'
export { backoffMs, retry } from './timing/retry.ts'
export { sleep } from './timing/sleep.ts'
export { createWake, type Wake } from './timing/wake.ts'
export { version } from './release/version.ts'
