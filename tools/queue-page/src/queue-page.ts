import type { IncomingMessage, ServerResponse } from 'node:http'
import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { ExpressAdapter } from '@bull-board/express'
import { openRawQueues, type QueueConnection } from '@atermtrack/queue'
import { type HttpServer, refuse, startHttpServer } from '@atermtrack/runtime'
import { createRequestCheck, type Login } from './check-request.ts'

export interface QueuePageOptions {
  readonly connection: QueueConnection
  readonly host: string
  readonly port: number
  readonly login: Login
  readonly isReadOnly: boolean
}

type Respond = (request: IncomingMessage, response: ServerResponse) => void

/** Serves the page that shows the jobs of every declared queue, behind a login. */
export async function startQueuePage({
  connection,
  host,
  port,
  login,
  isReadOnly,
}: QueuePageOptions): Promise<HttpServer> {
  const queues = openRawQueues(connection)
  const adapter = new ExpressAdapter()
  adapter.setBasePath('/')
  createBullBoard({
    queues: queues.list.map((queue) => new BullMQAdapter(queue, { readOnlyMode: isReadOnly })),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'AtermTrack', hideRedisDetails: true } },
  })
  const respond = adapter.getRouter() as Respond
  const check = createRequestCheck({ login, isReadOnly })
  const server = await startHttpServer({
    host,
    port,
    logger: connection.logger,
    async handle(request, response) {
      const verdict = check(request)
      if (verdict === 'answer') respond(request, response)
      else refuse(response, verdict, verdict === 401 ? { 'www-authenticate': 'Basic realm="queues"' } : {})
    },
  })
  return {
    port: server.port,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await queues[Symbol.asyncDispose]()
    },
  }
}
