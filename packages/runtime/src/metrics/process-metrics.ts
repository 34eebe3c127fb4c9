import { collectProcessMetrics } from './metric.ts'
import { version } from '../release/version.ts'
import { metrics } from './metrics.ts'

/** Exports the memory, the processor time, the garbage collection and the event loop lag of this process. */
export function exportProcessMetrics({ service }: { readonly service: string }): void {
  metrics.buildInfo.replace([[{ service, version, node: process.version }, 1]])
  collectProcessMetrics()
}

/** Exports the connections to the database by state, as `count` reads them at each scrape. */
export function exportConnections(count: () => Readonly<Record<string, number>>): void {
  metrics.databaseConnections.readAtScrape(() => Object.entries(count()).map(([state, n]) => [{ state }, n] as const))
}
