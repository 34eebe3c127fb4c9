import { once } from 'node:events'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { createLogger } from '@atermtrack/runtime'
import { onTestFinished } from 'vitest'
import { createTelegramApi, type TelegramApi } from './telegram-api.ts'

export const token = '7000000001:AAF0abcdefghijklmnopqrstuvwxyz01234'
const logger = createLogger({ service: 'test', level: 'silent' })

/** An api that ends with the test. */
export function open({ apiRoot, proxy }: { apiRoot: string; proxy?: string }): TelegramApi {
  const api = createTelegramApi({ token, apiRoot, proxy, logger })
  onTestFinished(async () => api[Symbol.asyncDispose]())
  return api
}

/** An api that calls the listener. */
export async function openApi(listener: RequestListener): Promise<TelegramApi> {
  return open({ apiRoot: `http://127.0.0.1:${await serve(listener)}` })
}

/** Serves until the end of the test, on the port that it returns. */
export async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return listen(server)
}

export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

export function reply(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
