import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type ClientTransaction, type Db, openClientTransaction } from '../../platform/client.ts'
import { copyIntoStagingTable, createStagingTable } from './dislocation-staging.ts'
import { openRowStore } from '../../workbooks/undo/stored-rows.ts'

/** A report on its way into a temporary table while its rows are still being read. */
export interface DislocationStage extends AsyncDisposable {
  /**
   * Adds lines of `encodeDislocationRow`; the first ones begin a transaction. Resolves when there is room for more, and
   * throws what the copying fails of. Who does not wait has all that was not copied yet held in memory.
   */
  readonly add: (lines: Uint8Array) => Promise<void>
  /** Runs `work` in the transaction once all lines are copied, and commits. It gets the lines compressed. */
  readonly finish: <T>(work: (tx: Db, rows: Buffer) => Promise<T>) => Promise<T>
}

/** Opens a stage without lines. Disposing it before it is finished rolls everything back. */
export function openDislocationStage(db: Db): DislocationStage {
  let makeRoom: () => void = () => undefined
  const lines = new Readable({
    read: () => makeRoom(),
    destroy(error, done) {
      makeRoom()
      done(error)
    },
  })
  // The copying itself reports a failure to the caller that adds or finishes.
  lines.on('error', () => undefined)
  let turn = Promise.resolve()
  const rows = openRowStore()
  let copying: Promise<ClientTransaction> | undefined

  function copied(): Promise<ClientTransaction> {
    if (copying) return copying
    copying = copyInto(db, lines)
    // Until somebody finishes or adds, nobody listens. Without a connection nothing would ever read the lines.
    copying.catch(() => lines.destroy())
    return copying
  }
  async function push(chunk: Uint8Array): Promise<void> {
    await rows.add(chunk)
    if (lines.destroyed) return
    const room = new Promise<void>((resolve) => (makeRoom = resolve))
    if (!lines.push(chunk)) await room
  }
  return {
    async add(chunk) {
      const all = copied()
      turn = turn.then(async () => push(chunk))
      await turn
      if (lines.destroyed) await all
    },
    async finish(work) {
      await turn
      lines.push(null)
      const { tx, commit } = await copied()
      const result = await work(tx, await rows.finish())
      await commit()
      return result
    },
    async [Symbol.asyncDispose]() {
      lines.destroy()
      const begun = copying
      copying = undefined
      const transaction = await begun?.catch(() => undefined)
      await transaction?.[Symbol.asyncDispose]()
    },
  }
}

async function copyInto(db: Db, lines: Readable): Promise<ClientTransaction> {
  const transaction = await openClientTransaction(db)
  try {
    await stageDislocation(transaction, lines)
    return transaction
  } catch (error) {
    await transaction[Symbol.asyncDispose]()
    throw error
  }
}

/** Copies lines into the table `dislocation_row`, and lets the planner know of them. */
export async function stageDislocation(
  { tx, client }: { readonly tx: Db; readonly client: pg.PoolClient },
  lines: Readable,
): Promise<void> {
  await sql.raw(createStagingTable).execute(tx)
  // It takes as long as the reading, which has a limit of its own.
  await sql`set local statement_timeout = 0`.execute(tx)
  await pipeline(lines, client.query(copyFrom(copyIntoStagingTable)))
  await sql`set local statement_timeout = '300s'`.execute(tx)
  // Sorting and hashing a whole report fits into memory; without figures the planner would take the table for a tiny one.
  await sql`set local work_mem = '64MB'`.execute(tx)
  // A sample is enough for rows as alike as these; and to reach the rows they meet an index is always worth it.
  await sql`set local default_statistics_target = 10`.execute(tx)
  await sql`set local random_page_cost = 1.1`.execute(tx)
  await sql`analyze dislocation_row (row_number, container, operation, station_key)`.execute(tx)
}
