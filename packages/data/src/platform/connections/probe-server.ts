import pg from 'pg'

/** The activity of a backend of the server, by `pg_stat_activity`. */
export interface Backend {
  readonly pid: number
  readonly state: string | null
  readonly waitEvent: string | null
}

/**
 * Asks the server over a connection of its own what some of its backends do. Undefined when it does not answer in time; a server
 * that refuses, such as one with too many connections, reports no backend.
 */
export async function probeServer(
  url: string,
  { pids, timeoutMs }: { readonly pids: readonly number[]; readonly timeoutMs: number },
): Promise<readonly Backend[] | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: timeoutMs, query_timeout: timeoutMs })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<Backend>(
      'select pid, state, wait_event as "waitEvent" from pg_stat_activity where pid = any($1::integer[])',
      [pids],
    )
    return rows
  } catch (error) {
    return error instanceof pg.DatabaseError ? [] : undefined
  } finally {
    // On a server that hangs its end would never come.
    client.end().catch(() => undefined)
  }
}
