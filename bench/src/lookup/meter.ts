import pg from 'pg'
import { readParent, readProcessorSeconds } from '../processor-time.ts'

/** Seconds of a core that each part has used. */
export interface Usage {
  readonly bot: number
  readonly postgres: number
  /** The persons and the stand-in for Telegram. */
  readonly bench: number
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
    }
  }
}

/** The processor time used between two readings. */
export function between(before: Usage, after: Usage): Usage {
  return {
    bot: after.bot - before.bot,
    postgres: after.postgres - before.postgres,
    bench: after.bench - before.bench,
  }
}

/** Every process that serves a connection is a child of the server. */
async function findPostgres(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    return await readParent(rows[0]?.pid ?? 0)
  } finally {
    await client.end()
  }
}
