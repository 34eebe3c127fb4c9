import { sql } from 'kysely'
import type { Db } from './client.ts'
import { selectRow } from './statements/typed-rows.ts'

/** Tables whose rows are jobs that may kill their process. */
export type StartedTable = 'workbook' | 'report'

export interface Start {
  /** Names the process: what it left open is no sign of a death while it lives. */
  readonly process: string
  /** Nothing else that may kill the process runs beside it. */
  readonly isAlone: boolean
}

/** Runs jobs of one process side by side, or one of them alone. */
export interface Room {
  readonly beside: <T>(work: () => Promise<T>) => Promise<T>
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>
}

/** Runs the job of a row with the start that it records. */
export type JobRunner = <T>(id: number, work: (start: Start) => Promise<T>) => Promise<T>

/** A job that its process did not survive so often, alone, is what kills it; before that it died once beside others. */
export const mostDeathsAlone = 4

/**
 * Jobs run side by side until a process dies. The jobs that ran then are suspects and run alone, so that only the one
 * that kills its process is counted to the end. A job that ends with an error did not kill anybody, also while the database is
 * away: a start that could not be deleted is deleted before the next job of this process.
 */
export function createJobRunner(
  db: Db,
  { table, process, room }: { readonly table: StartedTable; readonly process: string; readonly room: Room },
): JobRunner {
  const ended = new Set<number>()

  async function deleteStart(): Promise<void> {
    for (const id of ended) {
      await end(db, table, id, process)
      ended.delete(id)
    }
  }
  return async (id, work) => {
    await deleteStart()
    const isAlone = await isSuspect(db, table, id, process)
    return room[isAlone ? 'alone' : 'beside'](async () => {
      try {
        return await work({ process, isAlone })
      } catch (error) {
        ended.add(id)
        await deleteStart().catch(() => undefined)
        throw error
      }
    })
  }
}

/** For callers that look at a job without running it. */
export const nobody: Start = { process: 'nobody', isAlone: false }

/** The columns of a row whose job begins: a start alone of another process that was never ended counts as a death. */
export function begun({ process, isAlone }: Start) {
  return {
    attempts: sql<number>`attempts + case when started_by <> ${process}::text and started_alone then 1 else 0 end`,
    startedBy: process,
    startedAlone: isAlone,
  } as const
}

/** The columns of a row whose job nobody has begun. */
export const neverBegun = { attempts: 0, startedBy: null, startedAlone: false } as const

/** Whether another process has begun this job and never ended it: it may have died of it. */
async function isSuspect(db: Db, table: StartedTable, id: number, process: string): Promise<boolean> {
  const row = await selectRow(
    db,
    { isSuspect: sql<boolean>`coalesce(started_by <> ${process}::text, false)` },
    (list) => sql`select ${list} from ${sql.table(table)} where id = ${id} and status = 'pending'`,
  )
  return row?.isSuspect ?? false
}

/** Deletes a start whose process lives. */
async function end(db: Db, table: StartedTable, id: number, process: string): Promise<void> {
  await sql`
    update ${sql.table(table)} set started_by = null, started_alone = false
    where id = ${id} and started_by = ${process} and status = 'pending'`.execute(db)
}
