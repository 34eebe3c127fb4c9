import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError } from '../methods/api-error.ts'
import { controlRoutes, type ControlContext } from './control-routes.ts'
import { readParams } from '../requests/request-body.ts'
import { sendBytes, sendJson } from '../requests/responses.ts'

const pingMs = 15_000

/** Answers `/sandbox/…`: the page and other processes use it to act as persons and to inspect the sandbox. */
export async function serveControl(
  context: ControlContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  // Keeps other sites that are open in the same browser from speaking for the persons.
  const origin = request.headers.origin
  if (origin !== undefined && new URL(origin).host !== request.headers.host) {
    sendJson(response, 403, { error: 'another origin' })
    return
  }
  if (url.pathname === '/sandbox/events') {
    streamEvents(context, response)
    return
  }
  if (url.pathname.startsWith('/sandbox/files/')) {
    sendFile(context, response, decodeURIComponent(url.pathname.slice('/sandbox/files/'.length)))
    return
  }
  await callRoute(context, request, response, url)
}

async function callRoute(
  context: ControlContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  for (const { method, path, handle } of controlRoutes) {
    const match = method === request.method ? path.exec(url.pathname) : null
    if (!match) continue
    try {
      const params = await readParams(request, url.searchParams)
      sendJson(response, 200, handle(context, { id: Number(match[1] ?? 0), params }))
    } catch (error) {
      if (!(error instanceof Error)) throw error
      sendJson(response, error instanceof ApiError ? error.code : 400, { error: error.message })
    }
    return
  }
  sendJson(response, 404, { error: `no ${request.method} ${url.pathname}` })
}

function streamEvents({ world }: ControlContext, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(': hello\n\n')
  const unsubscribe = world.events.subscribe((event) => response.write(`data: ${JSON.stringify(event)}\n\n`))
  const ping = setInterval(() => response.write(': ping\n\n'), pingMs)
  response.once('close', () => {
    clearInterval(ping)
    unsubscribe()
  })
}

function sendFile({ world }: ControlContext, response: ServerResponse, fileId: string): void {
  const file = world.files.byId(fileId)
  if (!file) {
    sendJson(response, 404, { error: 'the file is no longer kept' })
    return
  }
  sendBytes(response, file.bytes, {
    'content-type': file.mimeType,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
    'x-content-type-options': 'nosniff',
  })
}
