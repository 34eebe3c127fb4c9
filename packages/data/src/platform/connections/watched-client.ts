import type { Socket } from 'node:net'
import { finished, type Stream } from 'node:stream'
import type pg from 'pg'

/** The socket of a client, which the driver's types do not show. */
export function socketOf(client: pg.ClientBase): Socket {
  return (client as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream
}

/** The process id of the server's backend. */
export function backendOf(client: pg.ClientBase): number {
  return (client as unknown as { readonly processID: number }).processID
}

/** Bytes that the client has read, and that the system has taken from it. */
export function bytesMoved(client: pg.ClientBase): number {
  const { bytesRead, bytesWritten, writableLength } = socketOf(client)
  return bytesRead + bytesWritten - writableLength
}

/** Calls `begin` before every query of a client, and what it returns when the query has ended. */
export function onQueries(client: pg.ClientBase, begin: () => () => void): void {
  const query = client.query.bind(client) as (...values: readonly unknown[]) => unknown
  const watched = (...values: readonly unknown[]) => {
    const end = begin()
    const result = query(...values)
    if (result instanceof Promise) result.then(end, end)
    // A copy is a stream. A query with a callback is not watched: no code here uses one.
    else if (isStream(result)) finished(result, end)
    else end()
    return result
  }
  client.query = watched as typeof client.query
}

function isStream(value: unknown): value is Stream & NodeJS.WritableStream {
  return typeof value === 'object' && value !== null && 'pipe' in value
}
