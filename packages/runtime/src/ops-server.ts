import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'

/** Resolves when the part works and throws when it does not. */
export type HealthCheck = () => Promise<unknown>

export interface OpsServer extends AsyncDisposable {
  readonly port: number
}

export interface OpsServerOptions {
  readonly port: number
  readonly host: string
  readonly logger: Logger
  /** What must work before this process is given work, by name. */
  readonly readiness: Readonly<Record<string, HealthCheck>>
  /** What must work for the process not to be restarted. */
  readonly liveness?: Readonly<Record<string, HealthCheck>>
  /** What an operator should know although it works, told with `/readyz`. */
  readonly notes?: readonly string[]
  readonly timeoutMs?: number
}

/** Serves `/healthz` (the process lives) and `/readyz` (it can work): 200 or 503 with the state of each part as JSON. */
export async function startOpsServer(options: OpsServerOptions): Promise<OpsServer> {
  const { logger, notes = [], timeoutMs = 2_000 } = options
  const routes: Readonly<Record<string, Readonly<Record<string, HealthCheck>>>> = {
    '/healthz': options.liveness ?? {},
    '/readyz': options.readiness,
  }
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://ops').pathname
    const checks = routes[path]
    if (!checks || request.method !== 'GET') {
      response.writeHead(404).end()
      return
    }
    const noted = path === '/readyz' && notes.length > 0 ? { notes } : {}
    void runChecks(checks, timeoutMs).then(({ ok, parts }) => {
      if (!ok) logger.warn({ path: request.url, parts }, 'health check failed')
      response
        .writeHead(ok ? 200 : 503, { 'content-type': 'application/json' })
        .end(JSON.stringify({ ok, parts, ...noted }))
    })
  })
  server.listen(options.port, options.host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  logger.info({ port }, 'health checks are served')
  return {
    port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function runChecks(checks: Readonly<Record<string, HealthCheck>>, timeoutMs: number) {
  const entries = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await outcome(check, timeoutMs)] as const),
  )
  return { ok: entries.every(([, state]) => state === 'ok'), parts: Object.fromEntries(entries) }
}

async function outcome(check: HealthCheck, timeoutMs: number): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${timeoutMs} ms`), timeoutMs)
  })
  try {
    return await Promise.race([check().then(() => 'ok'), late])
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    clearTimeout(timer)
  }
}
