import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Health } from './health.ts'
import { type HttpServer, refuse, startHttpServer } from './http-server.ts'
import { renderMetrics } from './metrics/metric.ts'
import { pathOf } from './request-path.ts'

export interface OpsServerOptions {
  readonly port: number
  readonly host: string
  readonly logger: Logger
  readonly health: Pick<Health, 'report'>
  readonly requestTimeoutMs?: number
}

/**
 * Serves `/healthz` (the process lives: 200), `/readyz` (it can work: 200 or 503, with a HealthReport as JSON) and `/metrics` (what
 * was counted so far, in the text format of Prometheus; a scrape queries nothing). Strangers learn the names of broken parts and
 * counts, and nothing else; unknown paths are 404, malformed requests 400, methods beside GET and HEAD 405.
 */
export async function startOpsServer(options: OpsServerOptions): Promise<HttpServer> {
  const { health, logger } = options
  const routes: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/healthz': async (response) => sendJson(response, 200, { ok: true }),
    '/readyz': async (response) => {
      const report = await health.report()
      sendJson(response, report.ok ? 200 : 503, report)
    },
    '/metrics': async (response) => {
      const { contentType, body } = await renderMetrics()
      response.writeHead(200, { 'content-type': contentType }).end(body)
    },
  }
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request.url ?? '')
    if (path === undefined) return refuse(response, 400)
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined
    if (!route) return refuse(response, 404)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, { allow: 'GET, HEAD' })
    await route(response)
  }
  const server = await startHttpServer({ ...options, handle })
  logger.info({ port: server.port, host: options.host }, 'health checks are served')
  return server
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
