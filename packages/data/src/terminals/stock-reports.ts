import { emptyStockFilter, type StockFilter } from '@atermtrack/domain'
import type { Db } from '../platform/client.ts'
import { insertOnce } from '../reports/insert-once.ts'

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
  return insertOnce(db, { ...ask, kind: 'terminal_stock', stockFilter: JSON.stringify(filter) })
}

/** The question of a workbook; it asks for everything where the row holds none. A field that another release did not know asks for nothing. */
export async function findFilter(db: Db, reportId: number): Promise<StockFilter> {
  const row = await db.selectFrom('report').select('stockFilter').where('id', '=', reportId).executeTakeFirst()
  return { ...emptyStockFilter, ...(row?.stockFilter as Partial<StockFilter> | null) }
}
