import pg from 'pg'
import { readParent, readProcessorSeconds } from '../processor-time.ts'

/** Seconds of a core that each part has used, and what the database did in them. */
export interface Usage {
  readonly bot: number
  readonly postgres: number
  /** The persons and the stand-in for Telegram. */
  readonly bench: number
  /** Transactions of the database, of the bot nearly all: a question has one of its own, and shares those around it with others. */
  readonly transactions: number
}

/** Reads the processor time that the parts have used so far. */
export type Meter = () => Promise<Usage>

/** Finds PostgreSQL by its address, which must be on this machine. */
export async function openMeter({ url, botPid }: { readonly url: string; readonly botPid: number }): Promise<Meter> {
  const postgresPid = await findPostgres(url)
  return async () => {
    const { user, system } = process.cpuUsage()
    return {
      bot: await readProcessorSeconds(botPid),
      postgres: await readProcessorSeconds(postgresPid),
      bench: (user + system) / 1_000_000,
      transactions: await readTransactions(url),
    }
  }
}

/** The processor time used between two readings. */
export function between(before: Usage, after: Usage): Usage {
  return {
    bot: after.bot - before.bot,
    postgres: after.postgres - before.postgres,
    bench: after.bench - before.bench,
    transactions: after.transactions - before.transactions,
  }
}

/** Every process that serves a connection is a child of the server. */
async function findPostgres(url: string): Promise<number> {
  // That process ends with the connection.
  return readNumber(url, 'select pg_backend_pid() as n', readParent)
}

async function readTransactions(url: string): Promise<number> {
  return readNumber(url, 'select xact_commit::integer as n from pg_stat_database where datname = current_database()')
}

/** The number that a statement gives, or what `use` makes of it while the connection is open. */
async function readNumber(
  url: string,
  statement: string,
  use: (n: number) => number | Promise<number> = (n) => n,
): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ n: number }>(statement)
    return await use(rows[0]?.n ?? 0)
  } finally {
    await client.end()
  }
}
