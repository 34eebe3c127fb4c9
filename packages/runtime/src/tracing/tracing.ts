import type * as openTelemetryApi from '@opentelemetry/api'
import { version } from '../release/version.ts'
import { waitAtMost } from '../timing/deadline.ts'

/** The export of traces, until it is disposed of. */
export interface Tracing extends AsyncDisposable {
  /** The ids of the span that runs, for a line of the log; nothing outside of one. */
  readonly ids: () => { readonly traceId?: string; readonly spanId?: string }
}

export interface TracingOptions {
  readonly service: string
  /** The address of an OpenTelemetry collector, such as http://127.0.0.1:4318. */
  readonly endpoint: string
}

export type OpenTelemetry = typeof openTelemetryApi

const flushMs = 2_000
let active: OpenTelemetry | undefined

/** The interface of OpenTelemetry; undefined while this process exports no traces. */
export function openTelemetry(): OpenTelemetry | undefined {
  return active
}

/**
 * The span that runs, as a `traceparent` of W3C: what keeps it can go on with the trace later. Undefined outside of a span and while this
 * process exports no traces.
 */
export function runningTrace(): string | undefined {
  const span = active?.trace.getActiveSpan()?.spanContext()
  return span && `00-${span.traceId}-${span.spanId}-0${span.traceFlags & 1}`
}

/**
 * Begins to export traces over OTLP and HTTP. The libraries are loaded here, so that a process without an endpoint never loads them.
 * They read the other variables of OpenTelemetry themselves, such as OTEL_TRACES_SAMPLER.
 */
export async function startTracing({ service, endpoint }: TracingOptions): Promise<Tracing> {
  const [api, { OTLPTraceExporter }, { resourceFromAttributes }, sdk] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace-node'),
  ])
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.namespace': 'atermtrack',
      'service.name': service,
      'service.version': version,
    }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  })
  provider.register()
  active = api
  return {
    ids() {
      const span = api.trace.getActiveSpan()?.spanContext()
      return span ? { traceId: span.traceId, spanId: span.spanId } : {}
    },
    async [Symbol.asyncDispose]() {
      active = undefined
      // A collector that is away must not hold up the end.
      const flushed = provider.shutdown().catch(() => undefined)
      await waitAtMost(flushMs, flushed)
    },
  }
}
