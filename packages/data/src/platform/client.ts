import { randomBytes } from 'node:crypto'
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient, sql } from 'kysely'
import pg from 'pg'
import { poolName } from './connection-budget.ts'
import { type AnswerLimits, watchAnswers } from './connections/answer-watch.ts'
import { createEndPool } from './connections/end-pool.ts'
import { namingTraces, traceStatement } from './connections/trace-setting.ts'
import type { DB } from '../schema.generated.ts'
import { createFieldNames } from './statements/field-names.ts'
import { createStatementNames, type StatementNames } from './statements/statement-names.ts'

/** The database, or a transaction on it: every repository function takes either. */
export type Db = Kysely<DB>

export interface DbLogger {
  warn(details: object, message: string): void
}

export interface DbOptions {
  readonly url: string
  /** Names the process in `pg_stat_activity`. */
  readonly service?: string
  /** Connections this process may hold at once. */
  readonly poolSize?: number
  /** Prepare the statements that come again and again: for services that ask the same small things all the time. */
  readonly isPreparing?: boolean
  /** How long the server may work on one statement that sets no limit of its own. */
  readonly statementMs?: number
  /** When a server that is silent counts as one that hangs. */
  readonly answerLimits?: Partial<AnswerLimits>
  readonly logger?: DbLogger
}

// The other way round: a server whose client has vanished releases the locks of the client within half a minute.
const serverNoticesTheEnd =
  ' -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=25000' +
  ' -c client_connection_check_interval=10000'

/** The pool behind each Db, for what Kysely has no door to (COPY). */
const pools = new WeakMap<Db, pg.Pool>()

/**
 * Opens a pool of connections; dispose it with `await using`. A server that is away is an error of the query that meets it
 * (after 5 s, after 20 s if it hangs in the middle), never of the process.
 */
export function openDb(options: DbOptions): Db {
  const { url, service = 'tool', poolSize = 5, isPreparing = false, statementMs = 60_000, logger } = options
  const pool = new pg.Pool({
    connectionString: url,
    application_name: poolName(service, poolSize, randomBytes(4).toString('hex')),
    max: poolSize,
    // One stays open, by which others see that this pool may grow.
    min: 1,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser },
    options:
      `-c statement_timeout=${statementMs}` +
      ' -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000 -c timezone=UTC -c temp_buffers=64MB -c jit=off' +
      serverNoticesTheEnd +
      // Small queries find their rows in memory; the rows that an import merges have no statistics yet, and are better read as a whole.
      (isPreparing ? ' -c random_page_cost=1.1' : ''),
  })
  // An idle client reports errors through the pool too, one in the middle of a transaction only through itself; without a
  // listener, either kills the process. The pool hangs the whole client on the error, which is nothing for a log.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    client.on('error', (error) => logger?.warn({ err: error }, 'lost a connection to the database'))
  })
  const watch = watchAnswers(pool, { url, logger, ...(options.answerLimits && { limits: options.answerLimits }) })
  const endPool = createEndPool(pool)
  async function end(): Promise<void> {
    await endPool()
    watch[Symbol.dispose]()
  }
  const db = onPool({ connect: isPreparing ? preparing(pool) : async () => pool.connect(), end })
  pools.set(db, pool)
  return db
}

/** Resolves when the database answers. */
export async function ping(db: Db): Promise<void> {
  await sql`select 1`.execute(db)
}

/** Runs `work` in one transaction on one connection of its own, handing it the raw client beside the Db. */
export async function withClientTransaction<T>(
  db: Db,
  work: (tx: Db, client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  await using transaction = await openClientTransaction(db)
  const result = await work(transaction.tx, transaction.client)
  await transaction.commit()
  return result
}

/**
 * Runs `work` on one connection of its own, outside any transaction: what it leaves in the session ends with the connection,
 * which nobody else gets.
 */
export async function withSession<T>(db: Db, work: (session: Db, client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await poolOf(db).connect()
  try {
    return await work(onPool(single(client)), client)
  } finally {
    client.release(true)
  }
}

/** The connections of this process by state, and the requests that wait for one. Asks nobody. */
export function countConnections(db: Db): Readonly<Record<'busy' | 'idle' | 'waiting', number>> {
  const { totalCount, idleCount, waitingCount } = poolOf(db)
  return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount }
}

function poolOf(db: Db): pg.Pool {
  const pool = pools.get(db)
  if (!pool) throw new Error('this needs the database itself, not a transaction on it')
  return pool
}

/** A transaction on one connection of its own; disposing it before the commit rolls it back. */
export interface ClientTransaction extends AsyncDisposable {
  readonly tx: Db
  readonly client: pg.PoolClient
  readonly commit: () => Promise<void>
}

/** Begins a transaction that outlives the function which begins it. */
export async function openClientTransaction(db: Db): Promise<ClientTransaction> {
  const client = await poolOf(db).connect()
  let isOver = false
  const transaction: ClientTransaction = {
    tx: onPool(single(client)),
    client,
    async commit() {
      await client.query('commit')
      isOver = true
    },
    async [Symbol.asyncDispose]() {
      // A client that could not roll back is not given to anybody else.
      client.release(isOver ? undefined : await rollBack(client))
    },
  }
  try {
    await client.query('begin')
    const trace = traceStatement()
    if (trace !== undefined) await client.query(trace)
    return transaction
  } catch (error) {
    await transaction[Symbol.asyncDispose]()
    throw error
  }
}

async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback')
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function onPool(pool: PostgresPool): Db {
  return new Kysely<DB>({
    dialect: namingTraces(new PostgresDialect({ pool })),
    plugins: [createFieldNames()],
  })
}

/** Names what Kysely sends. Statements without parameters are left alone: a transaction's begin and end among them. */
function preparing(pool: pg.Pool): PostgresPool['connect'] {
  const nameOf = createStatementNames()
  const borrowed = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return async () => {
    const client = await pool.connect()
    const known = borrowed.get(client) ?? naming(client, nameOf)
    borrowed.set(client, known)
    return known
  }
}

function naming(client: pg.PoolClient, nameOf: StatementNames): PostgresPoolClient {
  const query = (text: string, values: readonly unknown[]) => {
    const name = values.length === 0 ? undefined : nameOf(text)
    return client.query({ text, values: [...values], ...(name !== undefined && { name }) })
  }
  return { query, release: () => client.release() } as unknown as PostgresPoolClient
}

/** Runs Kysely on a client that the caller has reserved and releases. */
function single(client: pg.PoolClient): PostgresPool {
  const borrowed = { query: client.query.bind(client), release: () => undefined }
  return { connect: async () => borrowed, end: async () => undefined }
}

const int8: number = pg.types.builtins.INT8
/** The driver has no name for it. */
const int8Array: number = 1016
const date: number = pg.types.builtins.DATE
const timestamp: number = pg.types.builtins.TIMESTAMP
const timestamptz: number = pg.types.builtins.TIMESTAMPTZ

/** Numbers for int8 (ours stay below 2^53), text for dates and wall times: the driver's own would pass through the local zone. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === int8) return toSafeNumber
  if (oid === int8Array) return (text: string) => parseArray(text).map(toSafeNumber)
  if (oid === date) return (text: string) => text
  if (oid === timestamp) return (text: string) => text.replace(' ', 'T')
  if (oid === timestamptz && format !== 'binary') return toMoment
  return pg.types.getTypeParser(oid, format)
}

const parseAnyMoment: (text: string) => unknown = pg.types.getTypeParser(timestamptz)

/** Sessions run in UTC: nearly every moment is a year of four digits and ends with `+00`, which the engine itself reads faster. */
function toMoment(text: string): unknown {
  const isUsual = text.charAt(4) === '-' && text.endsWith('+00')
  return isUsual ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : parseAnyMoment(text)
}

function parseArray(text: string): string[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',')
}

function toSafeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond the integers that JavaScript holds`)
  return value
}
