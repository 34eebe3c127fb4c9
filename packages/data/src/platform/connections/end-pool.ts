import { resolvesWithin } from '@atermtrack/runtime'
import type pg from 'pg'
import { socketOf } from './watched-client.ts'

const politeMs = 2_000
const forcedMs = 500

/** Returns a function that ends the pool, and hangs up on a server that does not say goodbye. */
export function createEndPool(pool: pg.Pool): () => Promise<void> {
  const clients = new Set<pg.ClientBase>()
  pool.on('connect', (client) => {
    clients.add(client)
    client.once('end', () => clients.delete(client))
  })
  return async () => {
    const ended = pool.end()
    if (await resolvesWithin(ended, politeMs)) return
    for (const client of clients) socketOf(client).destroy()
    await resolvesWithin(ended, forcedMs)
  }
}
