import { sql } from 'kysely'
import { fullName } from '../people/names.ts'
import type { Db } from '../platform/client.ts'
import { insertOnce } from '../reports/insert-once.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'
import type { DeliveryStatus } from '../schema.generated.ts'

/** Asks for the workbook of those whom a broadcast did not reach. A repeated update gets the row that it made the first time. */
export async function insertUnreached(
  db: Db,
  ask: {
    readonly personId: number
    readonly chatId: number
    readonly name: string
    readonly broadcastId: number
    readonly updateId: number
  },
): Promise<{ readonly id: number }> {
  return insertOnce(db, { ...ask, kind: 'unreached' })
}

/** Somebody whom a broadcast did not reach, or perhaps did not. */
export interface Unreached {
  readonly telegramId: number
  readonly name: string | null
  readonly username: string | null
  readonly company: string | null
  readonly status: DeliveryStatus
  /** As Telegram said it. */
  readonly error: string | null
  readonly finishedAt: Date | null
}

/** Those whom the broadcast of a report did not reach, in the order of sending, at most `limit`. */
export async function listUnreached(
  db: Db,
  reportId: number,
  { limit }: { readonly limit: number },
): Promise<readonly Unreached[]> {
  const columns = {
    telegramId: sql<number>`delivery.chat_id`,
    name: fullName(),
    username: sql<string | null>`person.username`,
    company: sql<string | null>`company.name`,
    status: sql<DeliveryStatus>`delivery.status`,
    error: sql<string | null>`delivery.error`,
    finishedAt: sql<Date | null>`delivery.finished_at`,
  }
  return selectRows(
    db,
    columns,
    (list) => sql`select ${list} from report
      join delivery on delivery.broadcast_id = report.broadcast_id
      left join person on person.id = delivery.person_id
      left join company on company.id = person.company_id
      where report.id = ${reportId} and delivery.status in ('blocked', 'failed', 'unknown', 'cancelled')
      order by delivery.id limit ${limit}`,
  )
}
