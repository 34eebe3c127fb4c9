import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** The metrics of this process. The library's own registry refuses a module that is loaded twice, as tools do. */
const registry = new Registry()
const registers = [registry]

/** The labels of a metric, each with one of few values: a series is kept for every combination. */
type Labels<Label extends string> = Readonly<Record<Label, string>>

interface Described<Label extends string> {
  /** By the rules of Prometheus: the unit at the end, `_total` after what only grows. */
  readonly name: `atermtrack_${string}`
  readonly help: string
  readonly labels: readonly Label[]
}

/** Something that only grows. */
export interface CounterMetric<Label extends string> {
  readonly add: (labels: Labels<Label>, count?: number) => void
}

/** How often something took how many seconds. */
export interface DurationMetric<Label extends string> {
  /** Seconds. */
  readonly observe: (labels: Labels<Label>, seconds: number) => void
}

/** A state that goes up and down. */
export interface GaugeMetric<Label extends string> {
  readonly set: (labels: Labels<Label>, value: number) => void
  /** Replaces all series: what is not among them is no longer exported. */
  readonly replace: (series: Series<Label>) => void
  /** Reads the series at each scrape, which must take no time: it may look at memory and nothing else. */
  readonly readAtScrape: (read: () => Series<Label>) => void
}

type Series<Label extends string> = readonly (readonly [labels: Labels<Label>, value: number])[]

/** Declares a counter. */
export function counter<const Label extends string>({ name, help, labels }: Described<Label>): CounterMetric<Label> {
  const metric = new Counter({ name, help, labelNames: labels, registers })
  return { add: (values, count = 1) => metric.inc(values, count) }
}

/** Declares a histogram of seconds; `buckets` are its upper limits. */
export function duration<const Label extends string>(
  { name, help, labels }: Described<Label>,
  buckets: readonly number[],
): DurationMetric<Label> {
  const metric = new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers })
  return { observe: (values, seconds) => metric.observe(values, seconds) }
}

/** Declares a gauge. */
export function gauge<const Label extends string>({ name, help, labels }: Described<Label>): GaugeMetric<Label> {
  let readSeries: (() => Series<Label>) | undefined
  const collect = () => {
    if (readSeries) replace(readSeries())
  }
  const metric = new Gauge({ name, help, labelNames: labels, collect, registers })
  function replace(series: Series<Label>): void {
    metric.reset()
    for (const [values, value] of series) metric.set(values, value)
  }
  return {
    set: (values, value) => metric.set(values, value),
    replace,
    readAtScrape(read) {
      readSeries = read
    },
  }
}

/** Everything that is measured, in the text format of Prometheus. */
export async function renderMetrics(): Promise<{ readonly contentType: string; readonly body: string }> {
  return { contentType: registry.contentType, body: await registry.metrics() }
}

/** Gauges of the library with the ending of a counter, which Prometheus' own check refuses; the same counts exist by type. */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total']

let isCollecting = false

/** Exports the memory, the processor time, the garbage collection and the event loop lag of this process. */
export function collectProcessMetrics(): void {
  // The library refuses to begin twice.
  if (isCollecting) return
  isCollecting = true
  collectDefaultMetrics({ register: registry })
  for (const name of misnamed) registry.removeSingleMetric(name)
}
