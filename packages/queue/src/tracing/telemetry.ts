import type { Context } from '@opentelemetry/api'
import { type OpenTelemetry, openTelemetry } from '@atermtrack/runtime'
import type { Telemetry } from 'bullmq'

/**
 * With these options BullMQ hands a trace on in the options of a job, and goes on with it in the worker; nothing while traces are not
 * exported. The package `bullmq-otel` does the same; beside it pnpm would install BullMQ twice, since each is an optional peer of the other.
 */
export function tracedOptions(): { readonly telemetry?: Telemetry<Context> } {
  const api = openTelemetry()
  return api ? { telemetry: telemetryOf(api) } : {}
}

/** A `traceparent` as the options of a job carry it. */
export function traceMetadata(traceparent: string): string {
  return JSON.stringify({ traceparent })
}

function telemetryOf({ context, propagation, trace }: OpenTelemetry): Telemetry<Context> {
  const tracer = trace.getTracer('atermtrack')
  return {
    tracer: {
      startSpan(name, options, parent) {
        const span = tracer.startSpan(name, options, parent)
        return {
          setSpanOnContext: (on: Context) => trace.setSpan(on, span),
          setAttribute: (key, value) => void span.setAttribute(key, value),
          setAttributes: (attributes) => void span.setAttributes(attributes),
          addEvent: (event, attributes) => void span.addEvent(event, attributes),
          recordException: (error, time) => span.recordException(error, time),
          end: () => span.end(),
        }
      },
    },
    contextManager: {
      with: (on: Context, run) => context.with(on, run),
      active: () => context.active(),
      getMetadata(of: Context) {
        const carrier = {}
        propagation.inject(of, carrier)
        return JSON.stringify(carrier)
      },
      fromMetadata: (on: Context, metadata) => propagation.extract(on, JSON.parse(metadata) as object),
    },
  }
}
