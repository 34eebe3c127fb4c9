import { emptyStockFilter, type StockFilter } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** A workbook of what stands at a terminal. Which containers it holds is decided when it is built. */
export interface StockAsk {
  readonly personId: number
  readonly chatId: number
  /** The topic of a group. */
  readonly threadId?: number | undefined
  readonly name: string
  readonly filter: StockFilter
  readonly updateId: number
}

/** Asks for the workbook. A repeated update gets the row that it made the first time. */
export async function insertAsked(db: Db, { filter, ...ask }: StockAsk): Promise<{ readonly id: number }> {
  return db
    .insertInto('report')
    .values({
      ...ask,
      kind: 'terminal_stock',
      containers: [],
      stockFilter: JSON.stringify(filter),
      plannedAt: sql<Date>`now()`,
    })
    .onConflict((conflict) =>
      // Only an update returns the row that is there.
      conflict.column('updateId').doUpdateSet((eb) => ({ updateId: eb.ref('excluded.updateId') })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** The question of a workbook; it asks for everything where the row holds none. A field that another release did not know asks for nothing. */
export async function findFilter(db: Db, reportId: number): Promise<StockFilter> {
  const row = await db.selectFrom('report').select('stockFilter').where('id', '=', reportId).executeTakeFirst()
  return { ...emptyStockFilter, ...(row?.stockFilter as Partial<StockFilter> | null) }
}
