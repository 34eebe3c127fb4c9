import type pg from 'pg'
import type { DbLogger } from '../client.ts'
import { type Backend, probeServer } from './probe-server.ts'
import { backendOf, bytesMoved, onQueries, socketOf } from './watched-client.ts'

export interface AnswerLimits {
  /** A query on whose connection no byte has moved for so long makes the watch ask the server. */
  readonly silenceMs: number
  /** How long the server may take to report its activity; a second time without an answer ends the query. */
  readonly probeMs: number
}

const defaults: AnswerLimits = { silenceMs: 10_000, probeMs: 4_000 }

export interface AnswerWatchOptions {
  readonly url: string
  readonly limits?: Partial<AnswerLimits>
  readonly logger?: DbLogger | undefined
}

/** A query that was sent and has not ended. */
interface Waiting {
  readonly client: pg.ClientBase
  moved: number
  quietSince: number
  unanswered: number
}

const mostUnanswered = 2

/**
 * Ends the connections on which an answer will never come: of a server that hangs within about 20 s, and where a firewall has
 * dropped a single connection. Queries that take long are left alone, since the server says that it works on them; so no
 * statement needs a time limit of the client's own.
 */
export function watchAnswers(pool: pg.Pool, { url, limits, logger }: AnswerWatchOptions): Disposable {
  const { silenceMs, probeMs } = { ...defaults, ...limits }
  const queries = new Set<Waiting>()
  pool.on('connect', (client) =>
    onQueries(client, () => {
      const query = { client, moved: bytesMoved(client), quietSince: performance.now(), unanswered: 0 }
      queries.add(query)
      return () => queries.delete(query)
    }),
  )

  /** The running queries on whose connection nothing moves. */
  function listSilent(): readonly Waiting[] {
    const now = performance.now()
    for (const query of queries) {
      const moved = bytesMoved(query.client)
      if (moved !== query.moved) Object.assign(query, { moved, quietSince: now, unanswered: 0 })
    }
    return [...queries].filter(({ quietSince }) => now - quietSince >= silenceMs)
  }
  /** Whether no answer will come any more. */
  function isOver(query: Waiting, backends: readonly Backend[] | undefined): boolean {
    query.unanswered = backends ? 0 : query.unanswered + 1
    if (!backends) return query.unanswered >= mostUnanswered
    const backend = backends.find(({ pid }) => pid === backendOf(query.client))
    if (isLost(backend, query.client)) return true
    query.quietSince = performance.now()
    return false
  }
  async function look(): Promise<void> {
    const silent = listSilent()
    if (silent.length === 0) return
    const backends = await probeServer(url, { pids: silent.map(({ client }) => backendOf(client)), timeoutMs: probeMs })
    const stillSilent = new Set(listSilent())
    const over = silent.filter((query) => stillSilent.has(query) && isOver(query, backends))
    if (over.length === 0) return
    logger?.warn({ queries: over.length, answers: backends !== undefined }, 'the database does not answer, hanging up')
    for (const { client } of over) socketOf(client).destroy(noAnswer())
  }

  let isLooking = false
  const timer = setInterval(
    () => {
      if (isLooking) return
      isLooking = true
      void look().finally(() => (isLooking = false))
    },
    Math.min(1_000, silenceMs / 4),
  )
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

/** With the code that a system gives to a connection that has timed out. */
function noAnswer(): Error {
  return Object.assign(new Error('the database does not answer'), { code: 'ETIMEDOUT' })
}

/**
 * Whether the server waits for us while we wait for the server. A backend that it does not know may be another's name for ours,
 * as behind a connection pooler: that decides nothing.
 */
function isLost(backend: Backend | undefined, client: pg.ClientBase): boolean {
  if (!backend?.state) return false
  // The server accepts a copy, and the bytes that we send do not leave.
  if (backend.state === 'active') return backend.waitEvent === 'ClientRead' && socketOf(client).writableLength > 0
  return backend.state.startsWith('idle')
}
