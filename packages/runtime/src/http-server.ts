import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'

export interface HttpServerOptions {
  readonly port: number
  /** Address to listen on; every address of the machine without it. */
  readonly host?: string
  readonly logger: Logger
  /** Answers one request. A throw is logged and answered 500 with an empty body. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** A connection beyond this number ends the oldest one that waits for no answer of ours. */
  readonly maxConnections?: number
  /** From the connection, or the end of the request before, to the last byte of a request. */
  readonly requestTimeoutMs?: number
  /** How long a closing server waits for unfinished answers. */
  readonly closeGraceMs?: number
}

export interface HttpServer extends AsyncDisposable {
  readonly port: number
}

const maxHeaderBytes = 8 * 1024
const lingerMs = 1_000
const ignore = () => undefined

/**
 * Starts an HTTP server for strangers: no bytes end it, and nobody who is slow or comes in thousands keeps others out. Malformed
 * requests are answered 400, 408 or 431.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { requestTimeoutMs = 5_000, maxConnections = 64, closeGraceMs = 0 } = options
  const answering = new Set<Duplex>()
  const server = createServer({
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(1_000, requestTimeoutMs / 2),
  })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answering.add(request.socket)
    response.on('close', () => answering.delete(request.socket))
    void answer(request, response, options)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (answering.has(socket)) socket.destroy()
    else refuseSocket(socket, statusOf(error.code))
  })
  // Node hands the bare socket over, and an error of it would have no listener.
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    socket.on('error', ignore)
    refuseSocket(socket, 405)
  })
  limitConnections(server, { maxConnections, answering })
  server.listen(options.port, options.host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), closeGraceMs)
      await closed
      clearTimeout(timer)
    },
  }
}

/** Answers with a status and nothing else, and ends the connection: what the client still sends is not read. */
export function refuse(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { ...headers, connection: 'close', 'content-length': '0' }).end()
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { handle, logger }: HttpServerOptions,
): Promise<void> {
  request.on('error', ignore)
  response.on('error', ignore)
  try {
    await handle(request, response)
  } catch (error) {
    logger.error({ err: error }, 'could not answer a request')
    if (response.headersSent) response.destroy()
    else refuse(response, 500)
  }
}

/** A flood of connections would keep a health check out if the oldest stayed and the newest were turned away. */
function limitConnections(
  server: Server,
  { maxConnections, answering }: { readonly maxConnections: number; readonly answering: ReadonlySet<Duplex> },
): void {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    if (sockets.size <= maxConnections) return
    const oldest = [...sockets].find((other) => !answering.has(other)) ?? socket
    sockets.delete(oldest)
    oldest.destroy()
  })
}

/** Refuses a request that could not be parsed. The client gets a moment to read it. */
function refuseSocket(socket: Duplex, status: number): void {
  if (socket.destroyed || socket.writableEnded) return
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  setTimeout(() => socket.destroy(), lingerMs).unref()
}

function statusOf(code: string | undefined): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
}
