import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'
import type { DeliveryChannel } from '../schema.generated.ts'
import type { CountedDay } from './count-day.ts'

/** Why deliveries of a channel were refused for good, and how many of them. */
export interface Refusals {
  readonly channel: DeliveryChannel
  /** As the other side said it, without what names a single address or message. */
  readonly reason: string
  readonly amount: number
}

const mostReasons = 8
const longestReason = 120

/** The reasons of refused deliveries since the begin of a day, the most frequent first, from the rows that are kept. */
export async function readRefusals(db: Db, { day, zone }: CountedDay): Promise<readonly Refusals[]> {
  // Servers put the address and the id of the message into their answer; with these every answer would be a reason of its own.
  const withoutAddress = sql`regexp_replace(error, '\\S+@\\S+', '…', 'g')`
  const withoutIds = sql`regexp_replace(${withoutAddress}, '\\m(?=\\S*\\d)[[:alnum:]-]{6,}\\M', '…', 'g')`
  const reason = sql`left(btrim(regexp_replace(${withoutIds}, '\\s+', ' ', 'g')), ${sql.lit(longestReason)})`
  return selectRows(
    db,
    { channel: sql<DeliveryChannel>`channel`, reason: sql<string>`reason`, amount: sql<number>`count(*)` },
    (list) => sql`
      select ${list} from (
        select channel, ${reason} as reason, finished_at from delivery
        where status in ('failed', 'blocked') and error is not null
          and finished_at >= (${day}::date::timestamp at time zone ${zone})
      ) as refused
      group by channel, reason order by count(*) desc, max(finished_at) desc limit ${sql.lit(mostReasons)}`,
  )
}
