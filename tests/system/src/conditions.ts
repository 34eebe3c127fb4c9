import type { Db } from '@atermtrack/data'
import { waitUntil } from '@atermtrack/testkit'

export interface Open {
  readonly workbooks: number
  readonly reports: number
  readonly deliveries: number
}

/** Counts the rows of each kind that are under way. */
export async function countOpen(db: Db): Promise<Open> {
  const count = async (table: 'workbook' | 'report' | 'delivery', statuses: readonly string[]) =>
    (await db.selectFrom(table).select('status').execute()).filter(({ status }) => statuses.includes(status)).length
  const [workbooks, reports, deliveries] = await Promise.all([
    count('workbook', ['pending']),
    count('report', ['pending']),
    count('delivery', ['pending', 'retry', 'sending']),
  ])
  return { workbooks, reports, deliveries }
}

/** Waits until nothing is under way. */
export async function untilAllDone(db: Db, timeoutMs: number): Promise<void> {
  const isDone = async () => Object.values(await countOpen(db)).every((count) => count === 0)
  await waitUntil(isDone, { what: 'everything to be done', timeoutMs })
}

/** Waits until exactly `count` workbooks are stored and the import of each is complete. */
export async function untilCompleted(db: Db, count: number): Promise<void> {
  const isCompleted = async () => {
    const rows = await db.selectFrom('workbook').select('status').execute()
    return rows.length === count && rows.every(({ status }) => status !== 'pending')
  }
  await waitUntil(isCompleted, { what: `${count} completed workbooks`, timeoutMs: 180_000 })
}
