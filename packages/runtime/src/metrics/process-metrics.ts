import { readFileSync } from 'node:fs'
import { collectDefaultMetrics, register } from 'prom-client'
import { z } from 'zod'
import { metrics } from './metrics.ts'

/** All packages are released together, under one version. */
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')))

/** Gauges of the library with the ending of a counter, which Prometheus' own check refuses; the same counts exist by type. */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total']

let isCollecting = false

/** Exports the memory, the processor time, the garbage collection and the event loop lag of this process. */
export function exportProcessMetrics({ service }: { readonly service: string }): void {
  metrics.buildInfo.replace([[{ service, version, node: process.version }, 1]])
  // The library refuses to begin twice.
  if (isCollecting) return
  isCollecting = true
  collectDefaultMetrics()
  for (const name of misnamed) register.removeSingleMetric(name)
}

/** Exports the connections to the database by state, as `count` reads them at each scrape. */
export function exportConnections(count: () => Readonly<Record<string, number>>): void {
  metrics.databaseConnections.readAtScrape(() => Object.entries(count()).map(([state, n]) => [{ state }, n] as const))
}
